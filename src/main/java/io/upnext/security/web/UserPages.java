package io.upnext.security.web;

import io.upnext.security.Access;
import io.upnext.security.Right;
import io.upnext.security.Role;
import io.upnext.security.Unit;
import io.upnext.security.User;
import io.upnext.security.UserAdministration;
import io.upnext.security.UserAdministration.Change;
import io.upnext.security.Users;
import io.upnext.shared.ConflictException;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.ProblemException;
import io.upnext.shared.TimeZones;
import io.upnext.shared.UnitId;
import io.upnext.shared.UserId;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The administrator's pages of users. */
@Controller
@RequestMapping("/admin/users")
class UserPages {

    /** The languages of the pages, each in its own. */
    static final Map<String, String> LANGUAGES = new TreeMap<>(Map.of("en", "English", "de", "Deutsch"));

    private final Users users;
    private final UserAdministration administration;
    private final Access access;

    UserPages(Users users, UserAdministration administration, Access access) {
        this.users = users;
        this.administration = administration;
        this.access = access;
    }

    /** What the form sends; an empty password leaves the old one. */
    record Form(
            String username,
            String password,
            String name,
            String email,
            String unit,
            Set<Role> roles,
            String locale,
            String timeZone,
            Boolean active,
            String dailyCapacity) {

        static Form of(User user) {
            return new Form(
                    user.username(),
                    null,
                    user.name(),
                    user.email(),
                    user.unit().toString(),
                    user.roles(),
                    user.locale(),
                    user.timeZone(),
                    user.active(),
                    user.dailyCapacity() == null ? null : user.dailyCapacity().toString());
        }

        static Form empty() {
            return new Form(null, null, null, null, null, Set.of(Role.SALESPERSON), null, null, true, null);
        }

        Change change() {
            return new Change(
                    text(name),
                    text(email),
                    chosenUnit(),
                    roles == null
                            ? Set.of()
                            : roles.stream().filter(Objects::nonNull).collect(Collectors.toSet()),
                    text(locale),
                    text(timeZone),
                    // A box that is not ticked sends nothing
                    Boolean.TRUE.equals(active),
                    capacity(),
                    password == null || password.isEmpty() ? null : password);
        }

        private UnitId chosenUnit() {
            try {
                return unit == null || unit.isEmpty() ? null : UnitId.of(unit);
            } catch (IllegalArgumentException noId) {
                throw new InvalidException("The business unit is missing or unknown; choose one of /units.");
            }
        }

        /** What is no number becomes one that is refused, so that the form says so at the field. */
        private Integer capacity() {
            if (dailyCapacity == null || dailyCapacity.isBlank()) {
                return -1;
            }
            try {
                return written(Integer.parseInt(dailyCapacity.strip()));
            } catch (NumberFormatException e) {
                return -2;
            }
        }

        private static int written(int number) {
            return number < 0 ? -2 : number;
        }

        private static String text(String text) {
            return text == null ? "" : text;
        }

        @Override
        public String toString() {
            return "Form[" + username + "]";
        }
    }

    @GetMapping
    String list(@RequestParam(defaultValue = "") String q, PageQuery page, Model model) {
        access.current().require(Right.ADMINISTER);
        var found = users.all().stream()
                .filter(user -> UserApi.matches(user, q.toLowerCase(Locale.ROOT)))
                .toList();
        model.addAttribute("users", Lists.page(found, page, UserApi.SORTS, User::id));
        model.addAttribute("unitNames", unitNames());
        model.addAttribute("q", q);
        return "security/users";
    }

    @GetMapping("/new")
    String blank(Model model) {
        access.current().require(Right.ADMINISTER);
        return form(model, null, Form.empty());
    }

    @GetMapping("/{id}")
    String edit(@PathVariable UserId id, Model model) {
        access.current().require(Right.ADMINISTER);
        return form(model, id, Form.of(user(id)));
    }

    @PostMapping
    String create(Form form, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        try {
            var user = administration.create(access.current(), form.username(), form.change());
            return Saved.redirect(redirect, "/admin/users", "users.created", user.name());
        } catch (InvalidException | ConflictException e) {
            return refused(model, response, null, form, e);
        }
    }

    @PostMapping("/{id}")
    String save(
            @PathVariable UserId id,
            Form form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            var user = administration.change(access.current(), id, form.change());
            return Saved.redirect(redirect, "/admin/users", "users.saved", user.name());
        } catch (InvalidException | ConflictException e) {
            return refused(model, response, id, form, e);
        }
    }

    @PostMapping("/{id}/deactivate")
    String deactivate(@PathVariable UserId id, RedirectAttributes redirect) {
        var user = administration.deactivate(access.current(), id);
        return Saved.redirect(redirect, "/admin/users", "users.deactivated", user.name());
    }

    private String refused(Model model, HttpServletResponse response, UserId id, Form form, ProblemException e) {
        Saved.refused(model, response, e);
        return form(model, id, form);
    }

    private String form(Model model, UserId id, Form form) {
        model.addAttribute("user", id == null ? null : user(id));
        model.addAttribute("form", form);
        model.addAttribute("units", unitNames());
        model.addAttribute("roles", List.of(Role.values()));
        model.addAttribute("zones", TimeZones.offered(form.timeZone()));
        model.addAttribute("languages", LANGUAGES);
        return "security/user";
    }

    private User user(UserId id) {
        return users.find(id).orElseThrow(() -> new NotFoundException("There is no user '" + id + "'."));
    }

    private Map<String, String> unitNames() {
        var names = new LinkedHashMap<String, String>();
        for (Unit unit : users.units()) {
            names.put(unit.id().toString(), unit.name());
        }
        return names;
    }
}
