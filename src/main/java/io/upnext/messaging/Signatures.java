package io.upnext.messaging;

import io.upnext.messaging.template.CleanHtml;
import io.upnext.security.AuditLog;
import io.upnext.security.CurrentUser;
import io.upnext.shared.InvalidException;
import io.upnext.shared.UserId;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How users sign their mails; each writes the own signature. Kept sanitised. */
@Component
public class Signatures {

    private static final int LONGEST = 20_000;

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final Clock clock;

    Signatures(JdbcClient jdbc, AuditLog audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** HTML, or empty where the user has none. */
    public Optional<String> of(UserId user) {
        return jdbc.sql("select html from mail_signature where owner = ?")
                .param(user.value())
                .query(String.class)
                .optional();
    }

    /** Those of many users in one statement; who has none is absent. */
    public Map<UserId, String> of(Collection<UserId> users) {
        Map<UserId, String> signatures = new HashMap<>();
        if (!users.isEmpty()) {
            jdbc.sql("select owner, html from mail_signature where owner = any(?)")
                    .param(users.stream().map(UserId::value).toArray(UUID[]::new))
                    .query(row -> {
                        signatures.put(new UserId(row.getObject(1, UUID.class)), row.getString(2));
                    });
        }
        return signatures;
    }

    /** Changes the caller's own; null or blank takes it away. */
    @Transactional
    public void change(CurrentUser user, String html) {
        if (html != null && (html.length() > LONGEST || html.indexOf('\0') >= 0)) {
            throw new InvalidException("A signature has at most 20,000 characters and no zero character.");
        }
        String before = of(user.id()).orElse(null);
        String after = html == null || html.isBlank() ? null : CleanHtml.of(html);
        if (after == null || after.isBlank()) {
            jdbc.sql("delete from mail_signature where owner = ?")
                    .param(user.id().value())
                    .update();
        } else {
            jdbc.sql("""
                            insert into mail_signature (owner, html, updated_at) values (?, ?, ?)
                            on conflict (owner) do update set html = excluded.html, updated_at = excluded.updated_at
                            """)
                    .params(user.id().value(), after, Times.sql(clock.instant()))
                    .update();
        }
        audit.add(user.actor(), "signature.change", "user:" + user.id(), before, after);
    }
}
