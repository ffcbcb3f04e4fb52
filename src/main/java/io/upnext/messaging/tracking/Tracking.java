package io.upnext.messaging.tracking;

import io.upnext.messaging.Attachments;
import io.upnext.messaging.Attachments.Attachment;
import io.upnext.messaging.MailEvent.Kind;
import io.upnext.messaging.event.MailEvents;
import io.upnext.messaging.event.MailEvents.Happened;
import io.upnext.shared.MailId;
import io.upnext.shared.NotFoundException;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Opens, clicks and downloads of mails, by signed tokens; repeated ones are counted, not stored anew. */
@Component
public class Tracking {

    private final Tokens tokens;
    private final Links links;
    private final Attachments attachments;
    private final TrackedMails mails;
    private final MailEvents events;
    private final Clock clock;
    private final Duration tooSoon;

    Tracking(
            Tokens tokens,
            Links links,
            Attachments attachments,
            TrackedMails mails,
            MailEvents events,
            Clock clock,
            @Value("${upnext.tracking.too-soon:PT3S}") Duration tooSoon) {
        this.tokens = tokens;
        this.links = links;
        this.attachments = attachments;
        this.mails = mails;
        this.events = events;
        this.clock = clock;
        this.tooSoon = tooSoon;
    }

    /** Who asks. @param userAgent may be null @param prefetch the browser says that nobody has asked yet */
    public record Visitor(String method, String userAgent, boolean prefetch) {}

    public record Download(Attachment attachment, byte[] content) {}

    /** @throws NotFoundException where the token is not ours */
    @Transactional
    public void opened(String token, Visitor visitor) {
        MailId mail = tokens.opened(token).orElseThrow(Tracking::unknown);
        happened(mail, Kind.OPENED, visitor, "open", null);
    }

    /**
     * @return the stored address to go to
     * @throws NotFoundException where the token is not ours
     */
    @Transactional
    public String clicked(String token, Visitor visitor) {
        Tokens.Click click = tokens.clicked(token).orElseThrow(Tracking::unknown);
        String target = links.target(click.link()).filter(Redirects::allowed).orElseThrow(Tracking::unknown);
        happened(click.mail(), Kind.LINK_CLICKED, visitor, "link:" + click.link(), target);
        return target;
    }

    /** @throws NotFoundException where the token is not ours or the file was deleted */
    @Transactional
    public Download downloaded(String token, Visitor visitor) {
        Tokens.Download asked = tokens.downloaded(token).orElseThrow(Tracking::unknown);
        byte[] content = attachments.content(asked.attachment()).orElseThrow(Tracking::unknown);
        Attachment attachment = attachments.get(asked.attachment());
        happened(asked.mail(), Kind.ATTACHMENT_OPENED, visitor, "attachment:" + attachment.id(), attachment.name());
        return new Download(attachment, content);
    }

    private void happened(MailId id, Kind kind, Visitor visitor, String source, String detail) {
        TrackedMails.Tracked mail =
                mails.find(id).filter(TrackedMails.Tracked::allowed).orElse(null);
        if (mail == null) {
            return;
        }
        boolean human = Scanners.human(visitor, mail.sentAt(), clock.instant(), tooSoon);
        if (human && kind != Kind.OPENED && mails.burst(id, source)) {
            human = false;
        }
        events.add(Happened.to(id, kind).human(human).detail(detail).source(source + (human ? ":human" : ":machine")));
    }

    private static NotFoundException unknown() {
        return new NotFoundException("This link is not known, or what it led to is no longer there.");
    }
}
