package io.upnext.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.upnext.shared.Actor;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps who changed what and when; written in the transaction of the change, never changed afterwards. */
@Component
public class AuditLog {

    private final NoArgGenerator ids = Generators.timeBasedEpochRandomGenerator();
    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    AuditLog(JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /**
     * @param action a short word such as {@code sequence.activate}
     * @param subject type and id of what was changed, such as {@code sequence:0192…}
     * @param before state before, anything Jackson can write, or null; never a secret
     * @param after state after, likewise
     */
    public void add(Actor actor, String action, String subject, Object before, Object after) {
        jdbc.sql("""
                        insert into audit (id, at, app_user, actor, action, subject, before, after)
                        values (:id, :at, :user, :actor, :action, :subject, :before::jsonb, :after::jsonb)
                        """)
                .param("id", ids.generate())
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("user", actor.user() == null ? null : actor.user().value(), java.sql.Types.OTHER)
                .param("actor", actor.name())
                .param("action", action)
                .param("subject", subject)
                .param("before", write(before))
                .param("after", write(after))
                .update();
    }

    /** As {@link #add}, for many subjects in one statement. @param before by subject; what is after is not kept */
    public void addAll(Actor actor, String action, Map<String, ?> before) {
        List<String> subjects = List.copyOf(before.keySet());
        jdbc.sql("""
                        insert into audit (id, at, app_user, actor, action, subject, before)
                        select c.id, :at, :user, :actor, :action, c.subject, c.before::jsonb
                        from unnest(:ids::uuid[], :subjects::text[], :before::text[]) as c (id, subject, before)
                        """)
                .param("ids", subjects.stream().map(subject -> ids.generate()).toArray(UUID[]::new))
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("user", actor.user() == null ? null : actor.user().value(), java.sql.Types.OTHER)
                .param("actor", actor.name())
                .param("action", action)
                .param("subjects", subjects.toArray(String[]::new))
                .param(
                        "before",
                        subjects.stream()
                                .map(subject -> write(before.get(subject)))
                                .toArray(String[]::new))
                .update();
    }

    /** PostgreSQL keeps no zero characters in JSON. */
    private String write(Object state) {
        try {
            return state == null ? null : json.writeValueAsString(state).replace("\\u0000", "");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("What is audited must be writable as JSON.", e);
        }
    }
}
