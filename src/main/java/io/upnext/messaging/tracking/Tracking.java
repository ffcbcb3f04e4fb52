package io.upnext.messaging.tracking;

import io.upnext.messaging.MailEvent;
import io.upnext.messaging.Times;
import io.upnext.messaging.event.MailEvents;
import io.upnext.messaging.event.MailEvents.Happened;
import io.upnext.security.Settings;
import io.upnext.shared.MailId;
import io.upnext.shared.NotFoundException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Opens and clicks of mails, by signed tokens; repeated ones are counted, not stored anew. */
@Component
public class Tracking {

    private final Tokens tokens;
    private final Links links;
    private final MailEvents events;
    private final Settings settings;
    private final JdbcClient jdbc;
    private final Clock clock;

    Tracking(Tokens tokens, Links links, MailEvents events, Settings settings, JdbcClient jdbc, Clock clock) {
        this.tokens = tokens;
        this.links = links;
        this.events = events;
        this.settings = settings;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Who asks. @param userAgent may be null */
    public record Visitor(String method, String userAgent) {}

    /** @throws NotFoundException where the token is not ours */
    @Transactional
    public void opened(String token, Visitor visitor) {
        MailId mail = tokens.opened(token).orElseThrow(Tracking::unknown);
        happened(mail, MailEvent.Kind.OPENED, visitor, "open", null);
    }

    /**
     * @return the stored address to go to
     * @throws NotFoundException where the token is not ours
     */
    @Transactional
    public String clicked(String token, Visitor visitor) {
        Tokens.Click click = tokens.clicked(token).orElseThrow(Tracking::unknown);
        String target = links.target(click.link()).filter(Redirects::allowed).orElseThrow(Tracking::unknown);
        happened(click.mail(), MailEvent.Kind.LINK_CLICKED, visitor, "link:" + click.link(), target);
        return target;
    }

    private void happened(MailId mail, MailEvent.Kind kind, Visitor visitor, String source, String detail) {
        if (!settings.tracking()) {
            return;
        }
        boolean human = Scanners.human(visitor.method(), visitor.userAgent(), sentAt(mail), clock.instant());
        events.add(
                Happened.to(mail, kind).human(human).detail(detail).source(source + (human ? ":human" : ":machine")));
    }

    private Instant sentAt(MailId mail) {
        return jdbc.sql("select sent_at from mail where id = ?")
                .param(mail.value())
                .query((row, number) -> Optional.ofNullable(Times.read(row, "sent_at")))
                .optional()
                .flatMap(at -> at)
                .orElse(null);
    }

    private static NotFoundException unknown() {
        return new NotFoundException("This link is not known.");
    }
}
