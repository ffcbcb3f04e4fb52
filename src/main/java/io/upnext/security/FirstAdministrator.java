package io.upnext.security;

import io.upnext.security.Users.NewUser;
import io.upnext.shared.Actor;
import java.util.Set;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.StringUtils;

/** Makes the first administrator from the configuration when there is nobody yet; never afterwards, never in the demo. */
@Component
@Profile("!demo")
class FirstAdministrator implements SmartInitializingSingleton {

    private final Installation installation;
    private final Users users;
    private final Organisation organisation;
    private final AuditLog audit;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    FirstAdministrator(
            Installation installation,
            Users users,
            Organisation organisation,
            AuditLog audit,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.installation = installation;
        this.users = users;
        this.organisation = organisation;
        this.audit = audit;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Before the server listens, so that a refused start never answers a request. */
    @Override
    public void afterSingletonsInstantiated() {
        transaction.executeWithoutResult(status -> createIfNobody());
    }

    private void createIfNobody() {
        // Several nodes may start at once on an empty database: one of them makes the user, the others wait here
        jdbc.sql("select version from cache_version where topic = 'directory' for update")
                .query(Long.class)
                .single();
        if (jdbc.sql("select exists (select from app_user)")
                .query(Boolean.class)
                .single()) {
            return;
        }
        var admin = installation.admin();
        check(admin.username(), admin.password());
        create(Users.normal(admin.username()), admin.password());
    }

    static void check(String username, String password) {
        if (!StringUtils.hasText(username)) {
            throw new StartRefusedException(
                    "UPNEXT_ADMIN_USERNAME is missing: the first start makes the first administrator of that name.");
        }
        if (!UserRules.isUsername(Users.normal(username))) {
            throw new StartRefusedException("UPNEXT_ADMIN_USERNAME is no user name: use up to 60 letters, digits,"
                    + " '.', '_', '-' and '@', beginning with a letter or digit.");
        }
        if (!StringUtils.hasText(password)) {
            throw new StartRefusedException("UPNEXT_ADMIN_PASSWORD is missing: the first start needs a password of at"
                    + " least " + Passwords.MIN_LENGTH + " characters for the first administrator.");
        }
        var weakness = Passwords.weakness(username, password);
        if (weakness != null) {
            throw new StartRefusedException("UPNEXT_ADMIN_PASSWORD is too weak: it " + weakness + ".");
        }
    }

    private void create(String username, String password) {
        var unit = users.units().stream().findFirst().orElseGet(() -> organisation.createUnit("Organisation", null));
        var user = users.create(
                new NewUser(username, password, username, "", unit.id(), Set.of(Role.ADMINISTRATOR), null, null));
        audit.add(Actor.SYSTEM, "user.create", "user:" + user.id(), null, user);
    }
}
