package io.upnext.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.shared.Actor;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The settings of the organisation: a few named values that administrators change at run time ({@code /settings}).
 * Read from memory; a change is seen on every node within seconds.
 */
@Component
public class Settings {

    private static final ZoneId UTC = ZoneId.of("UTC");

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final AuditLog audit;
    private final Clock clock;
    private final VersionedCache<Map<String, JsonNode>> cache;

    Settings(JdbcClient jdbc, ObjectMapper json, AuditLog audit, Clock clock, @Qualifier("realTime") Clock realTime) {
        this.jdbc = jdbc;
        this.json = json;
        this.audit = audit;
        this.clock = clock;
        this.cache = new VersionedCache<>("settings", jdbc, realTime, this::load);
    }

    /** {@code postalAddress}: the line every mail's footer must show; empty means mail sequences cannot be activated. */
    public Optional<String> postalAddress() {
        return text("postalAddress");
    }

    /** {@code timeZone}: used where neither the recipient nor the sequence has one; default UTC. */
    public ZoneId timeZone() {
        return text("timeZone").map(ZoneId::of).orElse(UTC);
    }

    /** {@code language}: default language of mails and pages; default {@code en}. */
    public String language() {
        return text("language").orElse("en");
    }

    /** {@code country}: whose holidays count for working days (ISO 3166, may be empty). */
    public Optional<String> country() {
        return text("country");
    }

    /** {@code multipleSequences}: may a record be in more than one sequence at a time; default true. */
    public boolean multipleSequences() {
        return flag("multipleSequences", true);
    }

    /** {@code ownSequencesOnly}: do salespeople see only the sequences they own; default false. */
    public boolean ownSequencesOnly() {
        return flag("ownSequencesOnly", false);
    }

    /** {@code sendingStopped}: the switch that stops all mail of the organisation; default false. */
    public boolean sendingStopped() {
        return flag("sendingStopped", false);
    }

    /** {@code tracking}: may opens and clicks be tracked at all; default true. */
    public boolean tracking() {
        return flag("tracking", true);
    }

    /** Any other named value as yes or no; the default where not set. */
    public boolean flag(String name, boolean byDefault) {
        return value(name).map(node -> node.asBoolean(byDefault)).orElse(byDefault);
    }

    /** Any other named value as a set of words, such as {@code connectableStates.LEAD}; the default where not set. */
    public Set<String> words(String name, Set<String> byDefault) {
        return value(name).filter(JsonNode::isArray).map(Settings::words).orElse(byDefault);
    }

    private static Set<String> words(JsonNode list) {
        var words = new LinkedHashSet<String>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }

    /** Any other named value as a whole number; the default where not set. */
    public int number(String name, int byDefault) {
        return value(name).map(node -> node.asInt(byDefault)).orElse(byDefault);
    }

    /** Any other named value as a text; empty where not set. */
    public Optional<String> text(String name) {
        return value(name).map(JsonNode::asText).filter(text -> !text.isBlank());
    }

    /** Everything that is set, by name. */
    public Map<String, JsonNode> all() {
        return new TreeMap<>(cache.get());
    }

    private Optional<JsonNode> value(String name) {
        return Optional.ofNullable(cache.get().get(name));
    }

    /** Changes one value (null takes it away) and writes the audit log; the caller has checked the right. */
    @Transactional
    public void set(Actor actor, String name, Object value) {
        JsonNode after = value == null ? null : json.valueToTree(value);
        var before = value(name).orElse(null);
        if (java.util.Objects.equals(before, after)) {
            return;
        }
        write(name, after);
        audit.add(actor, "setting.change", "setting:" + name, before, after);
        cache.changed();
    }

    private void write(String name, JsonNode value) {
        if (value == null || value.isNull()) {
            jdbc.sql("delete from setting where name = ?").param(name).update();
            return;
        }
        jdbc.sql("""
                        insert into setting (name, value, updated_at) values (:name, :value::jsonb, :now)
                        on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at
                        """)
                .param("name", name)
                .param("value", value.toString())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private Map<String, JsonNode> load() {
        var values = new LinkedHashMap<String, JsonNode>();
        jdbc.sql("select name, value::text from setting").query(row -> {
            values.put(row.getString(1), read(row.getString(2)));
        });
        return values;
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
