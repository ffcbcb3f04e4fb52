package io.upnext.messaging.receiving;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.upnext.messaging.inspection.Inspected;
import io.upnext.messaging.inspection.MailClass;
import io.upnext.messaging.inspection.MailInspection;
import io.upnext.messaging.inspection.Reported;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Settings;
import io.upnext.shared.InvalidException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells administrators what the product makes of a message, without doing anything with it. */
@Component
public class Inspections {

    /** Longer ones are read up to here when they arrive; here they are refused. */
    public static final int MAX_BYTES = ImapReader.MAX_BYTES;

    private static final LocalTime MORNING = LocalTime.of(9, 0);

    private final Matching matching;
    private final Settings settings;
    private final Clock clock;

    Inspections(Matching matching, Settings settings, Clock clock) {
        this.matching = matching;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param until of an automatic answer: the morning on which somebody is there again, in the organisation's zone
     * @param matchedBy the way its own mail was found, where there is one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Inspection(
            @JsonProperty("class") MailClass mailClass,
            List<Reported> recipients,
            OffsetDateTime until,
            String matchedBy) {}

    /** @throws InvalidException where there is no message, or too long a one */
    public Inspection inspect(CurrentUser user, byte[] message) {
        user.require(Right.ADMINISTER);
        if (message == null || message.length == 0) {
            throw new InvalidException("The body is empty; send a message (message/rfc822).");
        }
        if (message.length > MAX_BYTES) {
            throw new InvalidException("The message is longer than 10 MB; send a shorter one.");
        }
        ZoneId zone = settings.timeZone();
        Inspected inspected = MailInspection.inspect(message, clock.instant(), zone);
        var match = matching.find(inspected, null);
        String matchedBy = match.map(Matching.Match::matchedBy)
                .or(() -> matching.unsubscribe(inspected.mail()).map(mail -> "TOKEN"))
                .orElse(null);
        return new Inspection(
                shown(inspected, matchedBy), inspected.recipients(), until(inspected.backOn(), zone), matchedBy);
    }

    /** What answers a mail of ours is a reply, even where it does not look like one. */
    private static MailClass shown(Inspected inspected, String matchedBy) {
        return switch (inspected.mailClass()) {
            case UNKNOWN -> MailClass.UNRELATED;
            case UNRELATED -> matchedBy == null ? MailClass.UNRELATED : MailClass.REPLY;
            default -> inspected.mailClass();
        };
    }

    private static OffsetDateTime until(LocalDate day, ZoneId zone) {
        return day == null ? null : day.atTime(MORNING).atZone(zone).toOffsetDateTime();
    }
}
