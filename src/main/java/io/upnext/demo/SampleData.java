package io.upnext.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.enrollment.Enrollments;
import io.upnext.messaging.MailTemplates;
import io.upnext.messaging.TextTemplates;
import io.upnext.record.Records;
import io.upnext.sequence.Activations;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Sequences;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UnprocessableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Records, mail templates and sequences to try things on; people, firms and addresses are made up. */
@Component
@Profile(DemoByDefault.PROFILE)
class SampleData {

    private static final String SOURCE = "Samples";

    private final DemoUsers people;
    private final Records records;
    private final MailTemplates templates;
    private final TextTemplates textTemplates;
    private final Sequences sequences;
    private final Activations activations;
    private final Enrollments enrollments;
    private final ObjectMapper json;

    SampleData(
            DemoUsers people,
            Records records,
            MailTemplates templates,
            TextTemplates textTemplates,
            Sequences sequences,
            Activations activations,
            Enrollments enrollments,
            ObjectMapper json) {
        this.people = people;
        this.records = records;
        this.templates = templates;
        this.textTemplates = textTemplates;
        this.sequences = sequences;
        this.activations = activations;
        this.enrollments = enrollments;
        this.json = json;
    }

    /** @param key others name the record by it; @param fields where {@code @key} stands for a record's id */
    record Sample(String key, RecordType type, String owner, String state, Map<String, Object> fields) {}

    record Template(String name, String language, RecordType recordType, String subject, String html) {}

    record Text(String name, String language, RecordType recordType, String text) {}

    @Transactional
    public void create() {
        var created = createRecords();
        var manager = people.caller("manager");
        read("templates.json", new TypeReference<List<Template>>() {})
                .forEach(t -> templates.create(manager, t.name(), t.language(), t.recordType(), t.subject(), t.html()));
        read("text-templates.json", new TypeReference<List<Text>>() {})
                .forEach(t -> textTemplates.create(manager, t.name(), t.language(), t.recordType(), t.text()));
        connect(activate("new-lead-outreach"), created.get(RecordType.LEAD), 24);
        connect(activate("opportunity-follow-up"), created.get(RecordType.OPPORTUNITY), 6);
        connect(activate("contact-re-activation"), created.get(RecordType.CONTACT), 6);
    }

    private Map<RecordType, List<String>> createRecords() {
        var byType = new EnumMap<RecordType, List<String>>(RecordType.class);
        var byKey = new HashMap<String, String>();
        for (var sample : read("records.json", new TypeReference<List<Sample>>() {})) {
            var fields = new HashMap<>(sample.fields());
            fields.replaceAll((name, value) ->
                    value instanceof String text && text.startsWith("@") ? byKey.get(text.substring(1)) : value);
            var state = sample.state() == null ? defaultState(sample.type()) : sample.state();
            var owner = people.caller(sample.owner());
            var id = records.create(sample.type(), fields, Principal.user(owner.id()), state, owner.actor())
                    .id()
                    .toString();
            byType.computeIfAbsent(sample.type(), type -> new ArrayList<>()).add(id);
            if (sample.key() != null) {
                byKey.put(sample.key(), id);
            }
        }
        return byType;
    }

    private static String defaultState(RecordType type) {
        return switch (type) {
            case LEAD -> "NEW";
            case OPPORTUNITY -> "OPEN";
            case CONTACT, ACCOUNT -> "ACTIVE";
        };
    }

    private SequenceId activate(String file) {
        var manager = people.caller("manager");
        var definition = read("sequences/" + file + ".json", new TypeReference<Definition>() {});
        var id = sequences.create(manager, definition).id();
        try {
            activations.activate(manager, id, null);
        } catch (UnprocessableException e) {
            throw new IllegalStateException("The sample sequence " + file + " is wrong: " + e.problems(), e);
        }
        return id;
    }

    private void connect(SequenceId sequence, List<String> ids, int howMany) {
        enrollments.connect(people.caller("manager"), sequence, ids.subList(0, howMany), null, null, SOURCE);
    }

    private <T> T read(String file, TypeReference<T> type) {
        try (var in = new ClassPathResource("demo/" + file).getInputStream()) {
            return json.readValue(in, type);
        } catch (IOException e) {
            throw new UncheckedIOException("The sample file " + file + " cannot be read", e);
        }
    }
}
