package io.upnext.testing;

import io.upnext.security.CurrentUser;
import io.upnext.security.LoggedIn;
import io.upnext.security.Organisation;
import io.upnext.security.Role;
import io.upnext.security.Team;
import io.upnext.security.Unit;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.security.Users.NewUser;
import io.upnext.shared.UnitId;
import io.upnext.shared.UserId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** Makes units, teams and users of any role with names of their own, so that tests never get in each other's way. */
public final class TestUsers {

    public static final String PASSWORD = "correct horse battery";

    private static final AtomicInteger counter = new AtomicInteger();

    private final Users users;
    private final Organisation organisation;

    TestUsers(Users users, Organisation organisation) {
        this.users = users;
        this.organisation = organisation;
    }

    /** Somebody with the credentials for {@link Api#as}. */
    public record Person(User user, String password) {

        public UserId id() {
            return user.id();
        }

        public String username() {
            return user.username();
        }

        public UnitId unit() {
            return user.unit();
        }
    }

    public Unit unit() {
        return unitBelow(null);
    }

    public Unit unitBelow(UnitId parent) {
        return organisation.createUnit(next("Unit"), parent);
    }

    public Team team(UnitId unit, Person... members) {
        return organisation.createTeam(
                next("Team"), unit, Arrays.stream(members).map(Person::id).toList());
    }

    /** A user of a new unit. */
    public Person with(Role... roles) {
        return with(unit().id(), roles);
    }

    public Person with(UnitId unit, Role... roles) {
        var name = next("user");
        return named("Name of " + name, name, unit, roles);
    }

    /** @param name as colleagues see it */
    public Person named(String name, String username, UnitId unit, Role... roles) {
        var user = users.create(
                new NewUser(username, PASSWORD, name, username + "@example.com", unit, Set.of(roles), null, null));
        return new Person(user, PASSWORD);
    }

    public Person administrator() {
        return with(Role.ADMINISTRATOR);
    }

    public Person manager() {
        return with(Role.SEQUENCE_MANAGER);
    }

    public Person salesManager() {
        return with(Role.SALES_MANAGER);
    }

    public Person seller() {
        return with(Role.SALESPERSON);
    }

    public Person seller(UnitId unit) {
        return with(unit, Role.SALESPERSON);
    }

    public CurrentUser caller(Person person) {
        return users.asCaller(person.id());
    }

    /** Runs something in this thread as if the person had called. */
    public <T> T call(Person person, Callable<T> work) {
        var before = SecurityContextHolder.getContext();
        var context = SecurityContextHolder.createEmptyContext();
        var principal = new LoggedIn(person.id().value(), person.username(), 1);
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(principal, null, List.of()));
        SecurityContextHolder.setContext(context);
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            SecurityContextHolder.setContext(before);
        }
    }

    public void run(Person person, Runnable work) {
        call(person, () -> {
            work.run();
            return null;
        });
    }

    /** A name nobody else has: database and users are shared between tests. */
    public static String next(String what) {
        return what + "-" + Long.toString(System.nanoTime(), 36) + "-" + counter.incrementAndGet();
    }
}
