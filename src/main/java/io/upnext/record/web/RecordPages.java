package io.upnext.record.web;

import io.upnext.record.Activities;
import io.upnext.record.Activities.Activity;
import io.upnext.record.CrmRecord;
import io.upnext.record.Field;
import io.upnext.record.FieldForms;
import io.upnext.record.Fields;
import io.upnext.record.Records;
import io.upnext.record.Timeline;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.security.Users;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Principal;
import io.upnext.shared.ProblemException;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.web.Flash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of one record, and the form of a new one. */
@Controller
@RequestMapping("/records/{type:leads|opportunities|contacts|accounts}")
class RecordPages {

    private final Records records;
    private final Fields fields;
    private final FieldForms forms;
    private final Timeline timeline;
    private final Activities activities;
    private final Grid grid;
    private final Users users;
    private final Access access;

    RecordPages(
            Records records,
            Fields fields,
            FieldForms forms,
            Timeline timeline,
            Activities activities,
            Grid grid,
            Users users,
            Access access) {
        this.records = records;
        this.fields = fields;
        this.forms = forms;
        this.timeline = timeline;
        this.activities = activities;
        this.grid = grid;
        this.users = users;
        this.access = access;
    }

    /** One input. @param options pairs of code and label, or null for free text */
    record Input(String name, String label, String type, Map<String, String> options, String value) {}

    @GetMapping("/new")
    ModelAndView blank(@PathVariable String type) {
        RecordType recordType = RecordType.ofPlural(type);
        CurrentUser user = access.current();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("owner", user.username());
        values.put("state", fields.states(recordType).get(0));
        return form("record/new", recordType, null, values, null);
    }

    @PostMapping
    Object create(@PathVariable String type, @RequestParam Map<String, String> form, RedirectAttributes redirect) {
        RecordType recordType = RecordType.ofPlural(type);
        CurrentUser user = access.current();
        try {
            Map<String, Object> values = forms.read(user, recordType, form);
            CrmRecord record = records.create(
                    recordType, values, records.owner(text(form, "owner")), text(form, "state"), user.actor());
            Flash.done(redirect, "record.created", record.name());
            return "redirect:/records/" + type + "/" + record.id();
        } catch (ProblemException e) {
            return form("record/new", recordType, null, form, e);
        }
    }

    @GetMapping("/{id:[0-9a-f-]{36}}")
    ModelAndView show(@PathVariable String type, @PathVariable RecordId id, PageQuery page) {
        CrmRecord record = records.get(access.current(), RecordType.ofPlural(type), id);
        return form("record/show", record.type(), record, values(record), null)
                .addObject("entries", timeline.of(id, page));
    }

    @PostMapping("/{id:[0-9a-f-]{36}}")
    Object change(
            @PathVariable String type,
            @PathVariable RecordId id,
            @RequestParam Map<String, String> form,
            RedirectAttributes redirect) {
        RecordType recordType = RecordType.ofPlural(type);
        CurrentUser user = access.current();
        CrmRecord record = records.get(user, recordType, id);
        try {
            Map<String, Object> values = forms.read(user, recordType, changed(record, form));
            String owner = text(form, "owner");
            Principal to = Objects.equals(owner, ownerText(record)) ? null : records.owner(owner);
            records.update(id, values, to, text(form, "state"), user.actor(), version(form));
            Flash.done(redirect, "record.saved");
            return "redirect:/records/" + type + "/" + id;
        } catch (ProblemException e) {
            return form("record/show", recordType, record, form, e)
                    .addObject("entries", timeline.of(id, PageQuery.first(50)));
        }
    }

    @PostMapping("/{id:[0-9a-f-]{36}}/delete")
    String delete(@PathVariable String type, @PathVariable RecordId id, RedirectAttributes redirect) {
        records.delete(access.current(), RecordType.ofPlural(type), id);
        Flash.done(redirect, "record.deleted");
        return "redirect:/records/" + type;
    }

    @PostMapping("/{id:[0-9a-f-]{36}}/activities")
    String log(
            @PathVariable String type,
            @PathVariable RecordId id,
            @RequestParam Activities.Kind kind,
            @RequestParam(required = false) String outcome,
            @RequestParam(required = false) String note,
            RedirectAttributes redirect) {
        activities.log(access.current(), RecordType.ofPlural(type), id, new Activity(kind, false, outcome, note));
        Flash.done(redirect, "record.logged");
        return "redirect:/records/" + type + "/" + id;
    }

    private ModelAndView form(
            String template, RecordType type, CrmRecord record, Map<String, String> values, ProblemException refusal) {
        ModelAndView page = new ModelAndView(template, status(refusal));
        String language = LocaleContextHolder.getLocale().getLanguage();
        List<Input> inputs = new ArrayList<>();
        for (Field field : fields.of(type)) {
            if (record != null || !isKept(field)) {
                inputs.add(input(field, language, values.getOrDefault(field.name(), "")));
            }
        }
        Map<String, String> states = new LinkedHashMap<>();
        fields.find(type, "state").orElseThrow().options().forEach(o -> states.put(o.code(), o.label(language)));
        page.addObject("type", type);
        page.addObject("record", record);
        page.addObject("inputs", inputs);
        page.addObject("states", states);
        page.addObject("values", values);
        page.addObject("problems", refusal == null ? List.of() : refusal.problems());
        page.addObject("mistake", refusal == null ? null : refusal.getMessage());
        return page;
    }

    private static HttpStatusCode status(ProblemException refusal) {
        return refusal == null ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_ENTITY;
    }

    /** What the product itself keeps up to date. */
    private static boolean isKept(Field field) {
        return List.of("lastContactedMode", "lastActivityType", "importName").contains(field.name());
    }

    private static Input input(Field field, String language, String value) {
        Map<String, String> options = null;
        if (field.kind() == Field.Kind.OPTION_SET) {
            options = new LinkedHashMap<>();
            for (Field.Option option : field.options()) {
                options.put(option.code(), option.label(language));
            }
        }
        String type =
                switch (field.kind()) {
                    case NUMBER -> "number";
                    case DATE -> "date";
                    case TWO_OPTION -> "two-option";
                    default -> field.name().equals("email") ? "email" : "text";
                };
        return new Input(field.name(), field.label(language), type, options, value);
    }

    private Map<String, String> values(CrmRecord record) {
        List<Field> all = fields.of(record.type());
        Map<RecordId, CrmRecord> references = grid.references(List.of(record), all);
        Map<String, String> values = new LinkedHashMap<>();
        for (Field field : all) {
            String value = record.text(field.name());
            if (value != null) {
                CrmRecord other = field.isReference() ? references.get(RecordId.of(value)) : null;
                values.put(field.name(), other == null ? value : other.name());
            }
        }
        values.put("state", record.state());
        values.put("owner", ownerText(record));
        values.put("version", Long.toString(record.version()));
        return values;
    }

    /** Only what differs from what the form showed, so that a name shown for an id is not looked up again. */
    private Map<String, String> changed(CrmRecord record, Map<String, String> form) {
        Map<String, String> before = values(record);
        Map<String, String> changed = new LinkedHashMap<>();
        form.forEach((name, value) -> {
            if (!value.strip().equals(before.getOrDefault(name, ""))) {
                changed.put(name, value);
            }
        });
        return changed;
    }

    private String ownerText(CrmRecord record) {
        Principal owner = record.owner();
        return owner.isUser()
                ? users.find(new io.upnext.shared.UserId(owner.id()))
                        .map(user -> user.username())
                        .orElse(owner.toString())
                : users.nameOf(owner);
    }

    private static String text(Map<String, String> form, String name) {
        String text = form.get(name);
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static Long version(Map<String, String> form) {
        String version = form.getOrDefault("version", "");
        return version.matches("\\d{1,18}") ? Long.valueOf(version) : null;
    }
}
