package io.upnext.demo;

import io.upnext.messaging.MailServer;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import io.upnext.security.CurrentUser;
import io.upnext.security.Organisation;
import io.upnext.security.Role;
import io.upnext.security.Settings;
import io.upnext.security.Unit;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.shared.Actor;
import io.upnext.shared.MailboxId;
import io.upnext.shared.UserId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The people of the demo: the password of each is the user name. */
@Component
@Profile(DemoByDefault.PROFILE)
class DemoUsers {

    static final List<String> NAMES = List.of("admin", "manager", "seller", "seller2");

    private final Users users;
    private final Organisation organisation;
    private final Settings settings;
    private final Mailboxes mailboxes;
    private final DemoMailServer mailServer;
    private final DemoMailboxes others;

    DemoUsers(
            Users users,
            Organisation organisation,
            Settings settings,
            Mailboxes mailboxes,
            DemoMailServer mailServer,
            DemoMailboxes others) {
        this.users = users;
        this.organisation = organisation;
        this.settings = settings;
        this.mailboxes = mailboxes;
        this.mailServer = mailServer;
        this.others = others;
    }

    @Transactional
    public void create() {
        var whole = unit("Upnext Demo", null);
        var sales = unit("Sales", whole);
        create("admin", "Alex Admin", whole, Role.ADMINISTRATOR);
        create("manager", "Mona Manager", sales, Role.SEQUENCE_MANAGER);
        create("seller", "Sam Seller", sales, Role.SALESPERSON);
        create("seller2", "Sofia Seller", sales, Role.SALESPERSON);
        settings.set(Actor.SYSTEM, "postalAddress", "Upnext Demo, 1 Example Street, 10115 Berlin");
        settings.set(Actor.SYSTEM, "language", "en");
    }

    private Unit unit(String name, Unit parent) {
        return organisation.createUnit(name, parent == null ? null : parent.id());
    }

    private void create(String username, String name, Unit unit, Role role) {
        users.create(new Users.NewUser(
                username, username, name, address(username), unit.id(), Set.of(role), "en", "Europe/Berlin"));
    }

    /** The ports are free ones, so they are others at every start. */
    @Transactional
    public void openMailboxes() {
        var before = users.findByUsername(NAMES.get(0)).flatMap(this::mailboxOf);
        for (var username : NAMES) {
            users.findByUsername(username).ifPresent(this::openMailbox);
        }
        before.filter(mailbox -> mailbox.imap() != null)
                .ifPresent(mailbox ->
                        others.follow(mailbox.smtp().port(), mailbox.imap().port()));
    }

    private Optional<Mailbox> mailboxOf(User user) {
        return mailboxes.of(user.id()).flatMap(mailboxes::find);
    }

    private void openMailbox(User user) {
        var password = UUID.randomUUID().toString();
        var address = address(user.username());
        mailServer.open(address, password);
        var smtp = server(mailServer.smtpPort(), address, password);
        var imap = server(mailServer.imapPort(), address, password);
        var known = mailboxOf(user);
        if (known.isPresent()) {
            mailboxes.update(mailbox(known.get().id(), user.id(), address, smtp, imap)
                    .withLimits(known.get().limits()));
        } else {
            mailboxes.create(mailbox(MailboxId.next(), user.id(), address, smtp, imap));
        }
    }

    private static Mailbox mailbox(MailboxId id, UserId owner, String address, MailServer smtp, MailServer imap) {
        return Mailbox.fresh(id, address, null, owner, smtp, imap);
    }

    private MailServer server(int port, String user, String password) {
        return new MailServer(
                mailServer.host(),
                port,
                user,
                mailboxes.encrypt(password),
                MailServer.Tls.NONE,
                MailServer.Auth.PASSWORD);
    }

    UserId id(String username) {
        return users.findByUsername(username).orElseThrow().id();
    }

    CurrentUser caller(String username) {
        return users.asCaller(id(username));
    }

    static String address(String username) {
        return username + "@upnext.example";
    }
}
