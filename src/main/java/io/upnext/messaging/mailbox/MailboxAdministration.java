package io.upnext.messaging.mailbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.messaging.MailLimits;
import io.upnext.messaging.MailServer;
import io.upnext.messaging.MailServer.Auth;
import io.upnext.messaging.MailServer.Tls;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.MailboxEntered;
import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.mailbox.OAuthSecrets.Server;
import io.upnext.messaging.pacing.MailPlanner;
import io.upnext.messaging.sending.Dispatcher;
import io.upnext.operation.Workers;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Users;
import io.upnext.shared.ForbiddenException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.MailboxId;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.UserId;
import io.upnext.shared.WrittenWindow;
import java.util.Objects;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Setting up mailboxes: everybody the own one, {@link Right#MANAGE_MAILBOXES} all. Secrets go in and never come out. */
@Component
public class MailboxAdministration {

    private final Mailboxes mailboxes;
    private final MailboxReading drafts;
    private final MailboxCheck check;
    private final Users users;
    private final AuditLog audit;
    private final Workers workers;
    private final MailPlanner planner;
    private final OAuthSecrets oauth;
    private final ApplicationEventPublisher events;

    MailboxAdministration(
            Mailboxes mailboxes,
            MailboxReading drafts,
            MailboxCheck check,
            Users users,
            AuditLog audit,
            Workers workers,
            MailPlanner planner,
            OAuthSecrets oauth,
            ApplicationEventPublisher events) {
        this.oauth = oauth;
        this.events = events;
        this.mailboxes = mailboxes;
        this.drafts = drafts;
        this.check = check;
        this.users = users;
        this.audit = audit;
        this.workers = workers;
        this.planner = planner;
    }

    /** A server as people enter it; a port left out is the usual one, a password left out stays as it is. */
    public record ServerDraft(
            String host, Integer port, String user, String password, Tls tls, Auth auth, OAuthDraft oauth) {

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** An OAuth 2 client as people enter it; secrets left out stay as they are. */
    public record OAuthDraft(
            String tokenEndpoint, String clientId, String clientSecret, String refreshToken, String scope) {

        @Override
        public String toString() {
            return tokenEndpoint;
        }
    }

    /** @param tracking may opens and clicks be tracked; null is yes */
    public record Draft(
            String address,
            String name,
            UserId owner,
            ServerDraft smtp,
            ServerDraft imap,
            Boolean tracking,
            MailLimits limits) {}

    /** What everybody may know of a mailbox they may see. @param state {@code WORKING}, {@code PAUSED} or {@code STOPPED} */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Shown(
            MailboxId id,
            String address,
            String name,
            UserId owner,
            String state,
            String error,
            String warning,
            MailServer smtp,
            MailServer imap,
            boolean tracking,
            WrittenWindow window,
            Integer dailyCap,
            Integer minGapSeconds,
            MailLimits.Ramp ramp) {

        public static Shown of(Mailbox mailbox) {
            String state = mailbox.stopped() ? "STOPPED" : mailbox.error() == null ? "WORKING" : "PAUSED";
            return new Shown(
                    mailbox.id(),
                    mailbox.address(),
                    mailbox.name(),
                    mailbox.owner(),
                    state,
                    mailbox.error(),
                    mailbox.warning(),
                    mailbox.smtp(),
                    mailbox.imap(),
                    mailbox.tracking(),
                    mailbox.limits().window(),
                    mailbox.limits().dailyCap(),
                    mailbox.limits().minGapSeconds(),
                    mailbox.limits().ramp());
        }
    }

    public Paged<Shown> list(CurrentUser user, PageQuery page) {
        return mailboxes
                .list(user.may(Right.MANAGE_MAILBOXES) ? null : user.id(), page)
                .map(Shown::of);
    }

    public Shown get(CurrentUser user, MailboxId id) {
        return Shown.of(find(user, id));
    }

    @Transactional
    public Shown create(CurrentUser user, Draft draft) {
        mayOwn(user, draft.owner());
        Mailbox mailbox = drafts.read(MailboxId.next(), draft, null);
        mailboxes.create(mailbox);
        enterSecrets(mailbox, draft, null);
        events.publishEvent(new MailboxEntered(mailbox.id()));
        audit.add(user.actor(), "mailbox.create", "mailbox:" + mailbox.id(), null, Shown.of(mailbox));
        return Shown.of(mailbox);
    }

    @Transactional
    public Shown update(CurrentUser user, MailboxId id, Draft draft) {
        Mailbox before = find(user, id);
        mayOwn(user, draft.owner());
        Mailbox changed = drafts.read(id, draft, before);
        mailboxes.update(changed);
        enterSecrets(changed, draft, before);
        events.publishEvent(new MailboxEntered(id));
        if (!changed.limits().equals(before.limits()) || !Objects.equals(changed.owner(), before.owner())) {
            planner.replan(id);
        }
        Shown after = get(user, id);
        audit.add(user.actor(), "mailbox.update", "mailbox:" + id, Shown.of(before), after);
        workers.wake(Dispatcher.NAME);
        return after;
    }

    private void enterSecrets(Mailbox mailbox, Draft draft, Mailbox before) {
        enterSecrets(mailbox.id(), Server.SMTP, mailbox.smtp(), draft.smtp(), before == null ? null : before.smtp());
        enterSecrets(mailbox.id(), Server.IMAP, mailbox.imap(), draft.imap(), before == null ? null : before.imap());
    }

    private void enterSecrets(MailboxId id, Server which, MailServer server, ServerDraft draft, MailServer before) {
        if (server == null || server.oauth() == null) {
            oauth.delete(id, which);
            return;
        }
        boolean sameClient = before != null
                && before.oauth() != null
                && before.oauth().tokenEndpoint().equals(server.oauth().tokenEndpoint());
        oauth.enter(id, which, draft.oauth().clientSecret(), draft.oauth().refreshToken(), sameClient);
    }

    @Transactional
    public void delete(CurrentUser user, MailboxId id) {
        Mailbox mailbox = find(user, id);
        mailboxes.delete(id);
        audit.add(user.actor(), "mailbox.delete", "mailbox:" + id, Shown.of(mailbox), null);
        workers.wake(Dispatcher.NAME);
    }

    /** Tries it; one that works again is started again. */
    public MailboxCheck.Result test(CurrentUser user, MailboxId id) {
        Mailbox mailbox = find(user, id);
        MailboxCheck.Result result = check.of(mailbox);
        if (result.smtp().ok()) {
            mailboxes.works(id);
            workers.wake(Dispatcher.NAME);
        }
        return result;
    }

    private Mailbox find(CurrentUser user, MailboxId id) {
        return mailboxes
                .find(id)
                .filter(mailbox -> user.may(Right.MANAGE_MAILBOXES) || user.id().equals(mailbox.owner()))
                .orElseThrow(() -> new NotFoundException("There is no mailbox '" + id + "' that you may see."));
    }

    private void mayOwn(CurrentUser user, UserId owner) {
        if (!user.may(Right.MANAGE_MAILBOXES) && !user.id().equals(owner)) {
            throw new ForbiddenException(
                    "You may only set up your own mailbox: give your user id as 'owner', or ask an administrator.");
        }
        if (owner != null && users.find(owner).isEmpty()) {
            throw new InvalidException("There is no user '" + owner + "' to own the mailbox.");
        }
    }
}
