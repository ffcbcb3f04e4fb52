package io.upnext.record.web;

import io.upnext.record.CrmRecord;
import io.upnext.record.Field;
import io.upnext.record.FieldForms;
import io.upnext.record.Fields;
import io.upnext.record.RecordSearch;
import io.upnext.record.Views;
import io.upnext.record.Views.View;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter;
import io.upnext.shared.filter.Filter.Leaf;
import io.upnext.web.Flash;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The grid of each type: search, conditions, order, columns, saved views. */
@Controller
@RequestMapping("/records/{type:leads|opportunities|contacts|accounts}")
class GridPages {

    private final RecordSearch search;
    private final Fields fields;
    private final FieldForms forms;
    private final Views views;
    private final Grid grid;
    private final Access access;

    GridPages(RecordSearch search, Fields fields, FieldForms forms, Views views, Grid grid, Access access) {
        this.search = search;
        this.fields = fields;
        this.forms = forms;
        this.views = views;
        this.grid = grid;
        this.access = access;
    }

    /** @param kind decides which operators and which input the condition shows */
    record Condition(String field, String op, String value) {}

    @GetMapping
    String grid(
            @PathVariable String type,
            @RequestParam(required = false) String q,
            @RequestParam(required = false) UUID view,
            @RequestParam(required = false) String match,
            @RequestParam MultiValueMap<String, String> sent,
            PageQuery page,
            Model model) {
        CurrentUser user = access.current();
        RecordType recordType = RecordType.ofPlural(type);
        View chosen = view == null ? null : views.get(user, view);
        List<Condition> conditions = conditions(sent);
        String text = q == null && chosen != null ? chosen.q() : q;
        model.addAttribute("q", text);
        model.addAttribute("match", "any".equals(match) ? "any" : "all");
        model.addAttribute("conditions", conditions);
        List<Field> columns = grid.shown(
                user, recordType, chosen == null ? List.of() : Objects.requireNonNullElse(chosen.columns(), List.of()));
        Paged<CrmRecord> found = Paged.of(List.of(), page, 0);
        try {
            Filter filter = filter(recordType, conditions, "any".equals(match), chosen);
            found = search.list(user, recordType, text, filter, sorted(page, chosen));
            model.addAttribute("filterJson", filter);
        } catch (InvalidException e) {
            model.addAttribute("mistake", e.getMessage());
        }
        common(model, user, recordType);
        model.addAttribute(
                "sort", page.sort().stream().findFirst().map(GridPages::text).orElse(null));
        model.addAttribute("view", chosen);
        model.addAttribute("views", views.of(user, recordType));
        model.addAttribute("columns", columns);
        model.addAttribute("hidden", grid.hidden(recordType, columns));
        model.addAttribute("found", found);
        model.addAttribute("rows", grid.rows(found.items(), columns));
        return "record/grid";
    }

    /** One more condition, or one whose field was changed; loaded into the form by htmx. */
    @GetMapping("/condition")
    String condition(
            @PathVariable String type,
            @RequestParam(defaultValue = "") String field,
            @RequestParam(defaultValue = "EQUALS") String op,
            @RequestParam(defaultValue = "") String value,
            Model model) {
        common(model, access.current(), RecordType.ofPlural(type));
        model.addAttribute("condition", new Condition(field, op, value));
        return "record/condition :: condition";
    }

    @PostMapping("/columns")
    String columns(
            @PathVariable String type,
            @RequestParam(required = false) List<String> column,
            RedirectAttributes redirect) {
        views.keepGridColumns(access.current(), RecordType.ofPlural(type), column == null ? List.of() : column);
        Flash.done(redirect, "record.columns.kept");
        return "redirect:/records/" + type;
    }

    @PostMapping("/views")
    String saveView(
            @PathVariable String type,
            @RequestParam String name,
            @RequestParam(defaultValue = "false") boolean shared,
            @RequestParam(required = false) String q,
            @RequestParam(required = false) String match,
            @RequestParam(required = false) String sort,
            @RequestParam MultiValueMap<String, String> sent,
            RedirectAttributes redirect) {
        CurrentUser user = access.current();
        RecordType recordType = RecordType.ofPlural(type);
        Filter filter = filter(recordType, conditions(sent), "any".equals(match), null);
        List<String> columns = grid.shown(user, recordType, List.of()).stream()
                .map(Field::name)
                .toList();
        View view = views.create(
                user,
                new View(
                        null,
                        recordType,
                        null,
                        name,
                        shared,
                        filter,
                        blank(q) ? null : q,
                        blank(sort) ? null : sort,
                        columns));
        Flash.done(redirect, "record.view.saved", view.name());
        return "redirect:/records/" + type + "?view=" + view.id();
    }

    @PostMapping("/views/{id}/delete")
    String deleteView(@PathVariable String type, @PathVariable UUID id, RedirectAttributes redirect) {
        views.delete(access.current(), id);
        Flash.done(redirect, "record.view.deleted");
        return "redirect:/records/" + type;
    }

    private void common(Model model, CurrentUser user, RecordType type) {
        model.addAttribute("type", type);
        model.addAttribute("fields", fields.filterable(type));
        model.addAttribute("language", LocaleContextHolder.getLocale().getLanguage());
        model.addAttribute("userId", user.id());
    }

    /** As sent: a single value with commas is one value, which lists as parameters would take apart. */
    private static List<Condition> conditions(MultiValueMap<String, String> sent) {
        List<String> fields = sent.get("field");
        List<String> ops = sent.get("op");
        List<String> values = sent.get("value");
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; fields != null && i < fields.size(); i++) {
            if (!blank(fields.get(i))) {
                conditions.add(new Condition(fields.get(i), at(ops, i, "EQUALS"), at(values, i, "")));
            }
        }
        return conditions;
    }

    private static String at(List<String> list, int index, String byDefault) {
        return list == null || index >= list.size() ? byDefault : list.get(index);
    }

    private Filter filter(RecordType type, List<Condition> conditions, boolean any, View view) {
        List<Filter> leaves = conditions.stream()
                .flatMap(condition ->
                        forms.condition(type, condition.field(), condition.op(), condition.value()).stream())
                .map(Leaf.class::cast)
                .collect(Collectors.toList());
        Filter typed = leaves.isEmpty() ? null : any ? new Filter.Any(leaves) : new Filter.All(leaves);
        Filter kept = view == null ? null : view.filter();
        if (typed == null || kept == null) {
            return typed == null ? kept : typed;
        }
        return new Filter.All(List.of(kept, typed));
    }

    private static PageQuery sorted(PageQuery page, View view) {
        if (!page.sort().isEmpty() || view == null || view.sort() == null) {
            return page;
        }
        String[] sort = view.sort().split(",", 2);
        boolean ascending = sort.length == 1 || !sort[1].strip().equals("desc");
        return new PageQuery(page.page(), page.size(), List.of(new PageQuery.Sort(sort[0], ascending)));
    }

    private static String text(PageQuery.Sort sort) {
        return sort.property() + (sort.ascending() ? ",asc" : ",desc");
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }
}
