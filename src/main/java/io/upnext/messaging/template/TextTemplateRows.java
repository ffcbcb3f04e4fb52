package io.upnext.messaging.template;

import io.upnext.shared.RecordType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of text templates. */
@Component
public class TextTemplateRows extends TemplateTable<StoredTextTemplate> {

    TextTemplateRows(JdbcClient jdbc, Clock clock) {
        super(jdbc, clock, "text_template", "text", TextTemplateRows::template);
    }

    @Override
    void insert(StoredTextTemplate template) {
        bound("""
                insert into text_template (id, name, language, record_type, text, updated_at)
                values (:id, :name, :language, :recordType, :text, :now)
                """, template).param("text", template.text()).update();
    }

    @Override
    void update(StoredTextTemplate template) {
        bound("""
                update text_template set record_type = :recordType, text = :text, updated_at = :now,
                    version = version + 1
                where id = :id
                """, template).param("text", template.text()).update();
    }

    private static StoredTextTemplate template(ResultSet row, int number) throws SQLException {
        return new StoredTextTemplate(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("language"),
                RecordType.valueOf(row.getString("record_type")),
                row.getString("text"),
                row.getLong("version"));
    }
}
