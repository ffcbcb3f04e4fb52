package io.upnext.security;

import io.upnext.security.Users.NewUser;
import io.upnext.shared.ConflictException;
import io.upnext.shared.ForbiddenException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.Problem;
import io.upnext.shared.UnitId;
import io.upnext.shared.UserId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.StringUtils;

/** What administrators do with users, and users with their own account; everything is checked here and audited. */
@Component
public class UserAdministration {

    private static final int NO_CAPACITY = -1;
    private static final int MOST_CAPACITY = 10_000;

    private final Users users;
    private final AuditLog audit;
    private final JdbcClient jdbc;
    private final PasswordLogin login;

    UserAdministration(Users users, AuditLog audit, JdbcClient jdbc, PasswordLogin login) {
        this.users = users;
        this.audit = audit;
        this.jdbc = jdbc;
        this.login = login;
    }

    /**
     * What may be said about a user; null leaves it as it is.
     *
     * @param locale such as {@code de} or {@code en-GB}; empty takes it away, likewise {@code timeZone}
     * @param dailyCapacity -1 takes it away: then the organisation's holds
     */
    public record Change(
            String name,
            String email,
            UnitId unit,
            Set<Role> roles,
            String locale,
            String timeZone,
            Boolean active,
            Integer dailyCapacity,
            String password) {

        @Override
        public String toString() {
            return "Change[" + name + "]";
        }
    }

    /**
     * @throws InvalidException with a problem per wrong field, whose rule is the field's name
     * @throws ConflictException where the user name is taken
     */
    @Transactional
    public User create(CurrentUser by, String username, Change wanted) {
        by.require(Right.ADMINISTER);
        var normal = Users.normal(username);
        var problems = new ArrayList<Problem>();
        if (!UserRules.isUsername(normal)) {
            problems.add(Problem.error(
                    "username",
                    "The user name needs 1 to 60 letters, digits, '.', '_', '-' or '@',"
                            + " beginning with a letter or digit."));
        }
        var weakness = Passwords.weakness(normal, wanted.password());
        if (weakness != null) {
            problems.add(Problem.error("password", "The password " + weakness + "."));
        }
        var fresh = apply(
                new User(null, normal, normal, "", null, EnumSet.of(Role.SALESPERSON), null, null, true, null), wanted);
        check(fresh, problems);
        var user = users.create(new NewUser(
                normal,
                wanted.password(),
                fresh.name(),
                fresh.email(),
                fresh.unit(),
                fresh.roles(),
                fresh.locale(),
                fresh.timeZone()));
        if (fresh.dailyCapacity() != null) {
            user = apply(user, wanted);
            users.save(user);
        }
        audit.add(by.actor(), "user.create", subject(user.id()), null, user);
        return user;
    }

    /** @throws ConflictException where nobody would be left to administer */
    @Transactional
    public User change(CurrentUser by, UserId id, Change wanted) {
        lockDirectory();
        var before = require(id);
        by.require(Right.ADMINISTER);
        var after = apply(before, wanted);
        var problems = new ArrayList<Problem>();
        if (wanted.password() != null) {
            var weakness = Passwords.weakness(before.username(), wanted.password());
            if (weakness != null) {
                problems.add(Problem.error("password", "The password " + weakness + "."));
            }
        }
        check(after, problems);
        keepAnAdministrator(after);
        save(by, before, after);
        if (wanted.password() != null) {
            users.changePassword(id, wanted.password());
            audit.add(by.actor(), "user.password", subject(id), null, null);
        }
        return after;
    }

    private void save(CurrentUser by, User before, User after) {
        if (!after.equals(before)) {
            users.save(after);
            audit.add(by.actor(), "user.change", subject(after.id()), before, after);
        }
    }

    /** The user can no longer log in; what they did and own stays. Doing it again changes nothing. */
    @Transactional
    public User deactivate(CurrentUser by, UserId id) {
        return change(by, id, new Change(null, null, null, null, null, null, false, null, null));
    }

    /** Changes how the product speaks to the caller. */
    @Transactional
    public User changeOwn(CurrentUser by, String locale, String timeZone) {
        var before = require(by.id());
        var after = apply(before, new Change(null, null, null, null, locale, timeZone, null, null, null));
        check(after, new ArrayList<>());
        save(by, before, after);
        return after;
    }

    /**
     * @throws ForbiddenException where the current password is wrong
     */
    @Transactional
    public void changeOwnPassword(CurrentUser by, String current, String fresh, Object details) {
        var attempt = UsernamePasswordAuthenticationToken.unauthenticated(by.username(), current);
        attempt.setDetails(details);
        try {
            login.authenticate(attempt);
        } catch (BadCredentialsException e) {
            throw new ForbiddenException(
                    "The current password is wrong.",
                    List.of(Problem.error("current", "The current password is wrong.")));
        } catch (TooManyAttemptsException e) {
            throw new ForbiddenException(e.getMessage());
        }
        var weakness = Passwords.weakness(by.username(), fresh);
        if (weakness != null) {
            refuse(List.of(Problem.error("password", "The password " + weakness + ".")));
        }
        users.changePassword(by.id(), fresh);
        audit.add(by.actor(), "user.password", subject(by.id()), null, null);
    }

    private User require(UserId id) {
        return users.find(id).orElseThrow(() -> new NotFoundException("There is no user '" + id + "'."));
    }

    private static User apply(User user, Change wanted) {
        return new User(
                user.id(),
                user.username(),
                wanted.name() == null ? user.name() : wanted.name().strip(),
                wanted.email() == null ? user.email() : wanted.email().strip(),
                wanted.unit() == null ? user.unit() : wanted.unit(),
                wanted.roles() == null ? user.roles() : Set.copyOf(wanted.roles()),
                wanted.locale() == null ? user.locale() : textOrNull(wanted.locale()),
                wanted.timeZone() == null ? user.timeZone() : textOrNull(wanted.timeZone()),
                wanted.active() == null ? user.active() : wanted.active(),
                capacity(user.dailyCapacity(), wanted.dailyCapacity()));
    }

    private static Integer capacity(Integer before, Integer wanted) {
        if (wanted == null) {
            return before;
        }
        return wanted == NO_CAPACITY ? null : wanted;
    }

    private static String textOrNull(String text) {
        return StringUtils.hasText(text) ? text.strip() : null;
    }

    private void check(User user, List<Problem> problems) {
        if (user.name().isBlank() || user.name().length() > 160) {
            problems.add(Problem.error("name", "The name needs 1 to 160 characters."));
        }
        if (!user.email().isEmpty() && !UserRules.isMailAddress(user.email())) {
            problems.add(Problem.error("email", "'" + user.email() + "' is no mail address."));
        }
        if (user.unit() == null || users.unit(user.unit()).isEmpty()) {
            problems.add(Problem.error("unit", "The business unit is missing or unknown; choose one of /units."));
        }
        if (user.roles().isEmpty()) {
            problems.add(Problem.error("roles", "The user needs at least one role."));
        }
        if (user.locale() != null && !UserRules.isLocale(user.locale())) {
            problems.add(Problem.error("locale", "'" + user.locale() + "' is no language; give one such as 'de'."));
        }
        if (user.timeZone() != null && !UserRules.isTimeZone(user.timeZone())) {
            problems.add(Problem.error(
                    "timeZone", "'" + user.timeZone() + "' is no time zone; give one such as 'Europe/Berlin'."));
        }
        Integer capacity = user.dailyCapacity();
        if (capacity != null && (capacity < 0 || capacity > MOST_CAPACITY)) {
            problems.add(Problem.error(
                    "dailyCapacity", "The steps a day must be a whole number from 0 (any number) to 10,000."));
        }
        refuse(problems);
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            var detail =
                    String.join(" ", problems.stream().map(Problem::message).toList());
            throw new InvalidException(detail, problems);
        }
    }

    /** Two administrators who remove each other at the same moment must not both succeed. */
    private void lockDirectory() {
        jdbc.sql("select version from cache_version where topic = 'directory' for update")
                .query(Long.class)
                .single();
    }

    private void keepAnAdministrator(User after) {
        if (after.active() && after.roles().contains(Role.ADMINISTRATOR)) {
            return;
        }
        var others = jdbc.sql("select count(*) from app_user where active and 'ADMINISTRATOR' = any(roles) and id <> ?")
                .param(after.id().value())
                .query(Long.class)
                .single();
        if (others == 0) {
            throw new ConflictException("This is the last administrator; make somebody else one first.");
        }
    }

    private static String subject(UserId id) {
        return "user:" + id;
    }
}
