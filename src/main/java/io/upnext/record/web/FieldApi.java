package io.upnext.record.web;

import io.upnext.record.Field;
import io.upnext.record.Field.Option;
import io.upnext.record.Fields;
import io.upnext.security.Access;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.RecordType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The field catalogue over REST: custom fields first, then the standard ones. */
@RestController
@RequestMapping("/api/v1/fields/{type:leads|opportunities|contacts|accounts}")
class FieldApi {

    private final Fields fields;
    private final Access access;
    private final AuditLog audit;

    FieldApi(Fields fields, Access access, AuditLog audit) {
        this.fields = fields;
        this.access = access;
        this.audit = audit;
    }

    @GetMapping
    Paged<Field> list(@PathVariable String type, PageQuery page) {
        access.current();
        if (!page.sort().isEmpty()) {
            throw new InvalidException("Fields cannot be sorted; leave 'sort' out.");
        }
        List<Field> all = fields.of(RecordType.ofPlural(type)).stream()
                .sorted(Comparator.comparing(field -> !field.custom()))
                .toList();
        List<Field> items = all.stream().skip(page.offset()).limit(page.size()).toList();
        return Paged.of(items, page, all.size());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Transactional
    public Field add(@PathVariable String type, @RequestBody NewField input) {
        CurrentUser user = access.current();
        user.require(Right.MANAGE_FIELDS);
        Field field = fields.add(RecordType.ofPlural(type), input.field());
        audit.add(user.actor(), "field.add", "field:" + type + "." + field.name(), null, field);
        return field;
    }

    @PostMapping("/{name}/options")
    @Transactional
    public Field addOptions(@PathVariable String type, @PathVariable String name, @RequestBody NewOptions input) {
        CurrentUser user = access.current();
        user.require(Right.MANAGE_FIELDS);
        Field field = fields.addOptions(RecordType.ofPlural(type), name, input.all());
        audit.add(user.actor(), "field.options", "field:" + type + "." + name, null, input.all());
        return field;
    }

    record NewField(String name, String label, Field.Kind kind, List<NewOption> options, Map<String, String> labels) {

        Field field() {
            List<Option> all = options == null
                    ? List.of()
                    : options.stream().map(NewOption::option).toList();
            return new Field(name, label == null ? name : label, kind, all, true, labels);
        }
    }

    /** A label without a code gets one made of it. */
    record NewOption(String code, String label) {

        Option option() {
            return Option.written(code, label);
        }
    }

    /** One option, or a list of them. */
    record NewOptions(String code, String label, List<NewOption> options) {

        List<Option> all() {
            if (options == null && code == null && label == null) {
                throw new InvalidException("Give an option as 'code' and 'label', or several as 'options'.");
            }
            if (options != null && options.stream().anyMatch(Objects::isNull)) {
                throw new InvalidException("'options' holds a null; give each option as 'code' and 'label'.");
            }
            return options == null
                    ? List.of(Option.written(code, label))
                    : options.stream().map(NewOption::option).toList();
        }
    }
}
