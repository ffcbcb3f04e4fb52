package io.upnext.sequence.web;

import io.upnext.security.Access;
import io.upnext.security.Users;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.SequenceQuery;
import io.upnext.sequence.SequenceTemplates;
import io.upnext.sequence.SequenceView;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.Tags;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.RecordType;
import io.upnext.shared.UserId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of sequences, and beginning a new one. */
@Controller
@RequestMapping("/sequences")
class SequenceListPages {

    private final Sequences sequences;
    private final SequenceTemplates templates;
    private final Tags tags;
    private final Users users;
    private final Access access;

    SequenceListPages(Sequences sequences, SequenceTemplates templates, Tags tags, Users users, Access access) {
        this.sequences = sequences;
        this.templates = templates;
        this.tags = tags;
        this.users = users;
        this.access = access;
    }

    @GetMapping
    String list(
            @RequestParam(required = false) String state,
            @RequestParam(required = false) String recordType,
            @RequestParam(required = false) String tag,
            @RequestParam(required = false) String q,
            PageQuery page,
            Model model) {
        SequenceQuery query = new SequenceQuery(
                FormValues.oneOf(Sequence.State.class, state),
                FormValues.oneOf(RecordType.class, recordType),
                FormValues.given(tag),
                FormValues.given(q));
        Paged<SequenceView> found = sequences.list(access.current(), query, page);
        model.addAttribute("list", found);
        model.addAttribute("query", query);
        model.addAttribute("tags", tags.all());
        model.addAttribute("owners", owners(found.items()));
        return "sequence/list";
    }

    private Map<String, String> owners(List<SequenceView> views) {
        List<UserId> ids = views.stream().map(SequenceView::owner).distinct().toList();
        return users.findAll(ids).entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().toString(), entry -> entry.getValue()
                        .name()));
    }

    @GetMapping("/new")
    String blank(Model model) {
        model.addAttribute("types", RecordType.values());
        model.addAttribute("modes", Definition.Mode.values());
        model.addAttribute("templates", templates.all());
        return "sequence/new";
    }

    @PostMapping("/from-template")
    String fromTemplate(@RequestParam String template) {
        return "redirect:/sequences/"
                + templates.create(access.current(), template, null).id() + "/edit";
    }

    @PostMapping
    String create(
            @RequestParam String name,
            @RequestParam String recordType,
            @RequestParam(defaultValue = "ADAPTIVE") String mode,
            @RequestParam String description) {
        Definition.Mode chosen = FormValues.oneOf(Definition.Mode.class, mode);
        Definition definition = new Definition(
                name.strip(),
                FormValues.given(description),
                FormValues.oneOf(RecordType.class, recordType),
                chosen,
                null,
                null,
                null,
                null,
                ScheduleForm.usual(chosen),
                List.of());
        return "redirect:/sequences/"
                + sequences.create(access.current(), definition).id() + "/edit";
    }
}
