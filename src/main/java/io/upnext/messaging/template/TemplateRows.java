package io.upnext.messaging.template;

import io.upnext.shared.RecordType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of mail templates. */
@Component
public class TemplateRows extends TemplateTable<StoredTemplate> {

    TemplateRows(JdbcClient jdbc, Clock clock) {
        super(jdbc, clock, "mail_template", "subject", TemplateRows::template);
    }

    @Override
    void insert(StoredTemplate template) {
        written("""
                insert into mail_template (id, name, language, record_type, subject, html, text, updated_at)
                values (:id, :name, :language, :recordType, :subject, :html, :text, :now)
                """, template).update();
    }

    @Override
    void update(StoredTemplate template) {
        written("""
                update mail_template set record_type = :recordType, subject = :subject, html = :html, text = :text,
                    updated_at = :now, version = version + 1
                where id = :id
                """, template).update();
    }

    private JdbcClient.StatementSpec written(String sql, StoredTemplate template) {
        return bound(sql, template)
                .param("subject", template.subject())
                .param("html", template.html())
                .param("text", template.text());
    }

    private static StoredTemplate template(ResultSet row, int number) throws SQLException {
        return new StoredTemplate(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("language"),
                RecordType.valueOf(row.getString("record_type")),
                row.getString("subject"),
                row.getString("html"),
                row.getString("text"),
                row.getLong("version"));
    }
}
