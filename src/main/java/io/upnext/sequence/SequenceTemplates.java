package io.upnext.sequence;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.sequence.json.DefinitionJson;
import io.upnext.shared.NotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The sequences that come with the product, to begin one's own with (specification §3). */
@Component
public class SequenceTemplates {

    private static final List<String> KEYS = List.of(
            "no-show",
            "high-volume-outbound",
            "event-invitation",
            "demo-request",
            "account-renewal",
            "webinar-follow-up",
            "lead-qualification",
            "customer-onboarding");

    private final Sequences sequences;
    private final ObjectProvider<TemplateMails> mails;
    private final ObjectMapper json;

    SequenceTemplates(Sequences sequences, ObjectProvider<TemplateMails> mails, ObjectMapper json) {
        this.sequences = sequences;
        this.mails = mails;
        this.json = json;
    }

    /** @param mails what its steps send */
    public record SequenceTemplate(String key, Definition definition, List<TemplateMails.Mail> mails) {}

    /** In the order they are offered. */
    public List<SequenceTemplate> all() {
        return KEYS.stream().map(this::read).toList();
    }

    /** @throws NotFoundException where there is none */
    public SequenceTemplate get(String key) {
        if (!KEYS.contains(key)) {
            throw new NotFoundException(
                    "There is no sequence template '" + key + "'; there are " + String.join(", ", KEYS) + ".");
        }
        return read(key);
    }

    /**
     * A new, inactive sequence of the user's. Mail templates that do not exist yet are made, where the user may; else the
     * checks of the sequence name what is missing.
     *
     * @param name null keeps the template's
     */
    @Transactional
    public SequenceView create(CurrentUser user, String key, String name) {
        SequenceTemplate template = get(key);
        Definition definition = name == null || name.isBlank()
                ? template.definition()
                : template.definition().withName(name.strip());
        SequenceView created = sequences.create(user, definition);
        if (user.may(Right.MANAGE_MAIL_TEMPLATES)) {
            mails.ifAvailable(
                    port -> template.mails().forEach(mail -> port.createMissing(user, mail, definition.recordType())));
        }
        return created;
    }

    private SequenceTemplate read(String key) {
        try (InputStream file = SequenceTemplates.class.getResourceAsStream("/sequence-templates/" + key + ".json")) {
            JsonNode stored = json.readTree(file);
            List<TemplateMails.Mail> sends = json.convertValue(stored.get("mails"), new TypeReference<>() {});
            return new SequenceTemplate(key, DefinitionJson.read(stored.get("definition")), sends);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
