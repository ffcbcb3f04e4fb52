package io.upnext.security.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.upnext.security.Access;
import io.upnext.security.Role;
import io.upnext.security.User;
import io.upnext.security.UserAdministration;
import io.upnext.security.UserAdministration.Change;
import io.upnext.security.Users;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.UnitId;
import io.upnext.shared.UserId;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Users: everybody sees who is there, administrators change it. */
@RestController
@RequestMapping("/api/v1/users")
class UserApi {

    static final Map<String, Function<User, String>> SORTS = new LinkedHashMap<>(Map.of(
            "name", User::name,
            "username", User::username,
            "email", User::email));

    private final Users users;
    private final UserAdministration administration;
    private final Access access;

    UserApi(Users users, UserAdministration administration, Access access) {
        this.users = users;
        this.administration = administration;
        this.access = access;
    }

    /** A user as one sends it; what only the server says is left out of account. */
    @JsonIgnoreProperties("id")
    record Body(
            String username,
            String password,
            String name,
            String email,
            UnitId unit,
            Set<Role> roles,
            String locale,
            String timeZone,
            Boolean active,
            Integer dailyCapacity) {

        Change change() {
            return new Change(name, email, unit, roles, locale, timeZone, active, dailyCapacity, password);
        }

        /** Everything that is left out goes back to nothing. */
        Change replacement() {
            return new Change(
                    name == null ? "" : name,
                    email == null ? "" : email,
                    unit,
                    roles == null ? Set.of() : roles,
                    locale == null ? "" : locale,
                    timeZone == null ? "" : timeZone,
                    active == null || active,
                    dailyCapacity == null ? -1 : dailyCapacity,
                    password);
        }

        @Override
        public String toString() {
            return "Body[" + username + "]";
        }
    }

    @GetMapping
    Paged<User> list(
            @RequestParam(required = false) String q,
            @RequestParam(required = false) Boolean active,
            @RequestParam(required = false) UnitId unit,
            @RequestParam(required = false) Role role,
            PageQuery page) {
        var found = users.all().stream()
                .filter(user -> q == null || matches(user, q.toLowerCase(Locale.ROOT)))
                .filter(user -> active == null || user.active() == active)
                .filter(user -> unit == null || user.unit().equals(unit))
                .filter(user -> role == null || user.roles().contains(role))
                .toList();
        return Lists.page(found, page, SORTS, User::id);
    }

    static boolean matches(User user, String text) {
        return (user.name() + '\n' + user.username() + '\n' + user.email())
                .toLowerCase(Locale.ROOT)
                .contains(text);
    }

    @GetMapping("/{id}")
    User one(@PathVariable UserId id) {
        return users.find(id).orElseThrow(() -> new NotFoundException("There is no user '" + id + "'."));
    }

    @PostMapping
    ResponseEntity<User> create(@RequestBody Body body) {
        var user = administration.create(access.current(), body.username(), body.change());
        return ResponseEntity.created(URI.create("/api/v1/users/" + user.id())).body(user);
    }

    @PutMapping("/{id}")
    User replace(@PathVariable UserId id, @RequestBody Body body) {
        return save(id, body, body.replacement());
    }

    @PatchMapping("/{id}")
    User change(@PathVariable UserId id, @RequestBody Body body) {
        return save(id, body, body.change());
    }

    private User save(UserId id, Body body, Change change) {
        var user = one(id);
        if (body.username() != null && !body.username().equalsIgnoreCase(user.username())) {
            throw new InvalidException("The user name cannot be changed; make a new user instead.");
        }
        return administration.change(access.current(), id, change);
    }

    /** Users are never deleted, because what they did stays: they can no longer log in. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deactivate(@PathVariable UserId id) {
        one(id);
        administration.deactivate(access.current(), id);
    }
}
