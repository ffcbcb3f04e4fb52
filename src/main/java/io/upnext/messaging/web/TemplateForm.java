package io.upnext.messaging.web;

import io.upnext.record.CrmRecord;
import io.upnext.record.RecordSearch;
import io.upnext.security.CurrentUser;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.RecordType;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What the forms of mail templates and of text templates both need: kinds of records, and a record to preview with. */
@Component
class TemplateForm {

    private final RecordSearch records;
    private final Choices choices;

    TemplateForm(RecordSearch records, Choices choices) {
        this.records = records;
        this.choices = choices;
    }

    /** The kind a form names; null where it names none. */
    static RecordType type(String recordType) {
        try {
            return recordType == null || recordType.isEmpty() ? null : RecordType.valueOf(recordType);
        } catch (IllegalArgumentException unknown) {
            throw new InvalidException("'" + recordType + "' is none of the choices.");
        }
    }

    /** The first the user may see of those the search finds. */
    Optional<CrmRecord> first(CurrentUser user, RecordType type, String search) {
        return type == null
                ? Optional.empty()
                : records.list(user, type, Forms.orNull(search), null, PageQuery.first(1)).items().stream()
                        .findFirst();
    }

    /** What a template may be for, in the language of the page. */
    Map<String, String> recordTypes() {
        return choices.of("mail.type.", RecordType.values());
    }
}
