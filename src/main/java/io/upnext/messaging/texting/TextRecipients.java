package io.upnext.messaging.texting;

import io.upnext.messaging.Suppressions;
import io.upnext.messaging.TextEvent.Refusal;
import io.upnext.messaging.TextRecipient;
import io.upnext.record.CrmRecord;
import io.upnext.security.Settings;
import org.springframework.stereotype.Component;

/** Whether a person may be texted at all, and at which number: the mobile one, else the phone. */
@Component
public class TextRecipients {

    private final Suppressions suppressions;
    private final Settings settings;

    TextRecipients(Suppressions suppressions, Settings settings) {
        this.suppressions = suppressions;
        this.settings = settings;
    }

    public TextRecipient of(CrmRecord person) {
        String written = written(person);
        if (person.isTrue("doNotText")) {
            return new TextRecipient(null, Refusal.DO_NOT_TEXT);
        }
        if (written == null) {
            return new TextRecipient(null, Refusal.NO_NUMBER);
        }
        String number = PhoneNumbers.international(
                        written, person.text("country"), settings.country().orElse(null))
                .orElse(null);
        if (number == null) {
            return new TextRecipient(null, Refusal.INVALID_NUMBER);
        }
        return new TextRecipient(number, suppressions.contains(number) ? Refusal.SUPPRESSED : null);
    }

    /** An answer goes to the number that wrote, whatever numbers the record has. @param number E.164 */
    public TextRecipient of(CrmRecord person, String number) {
        if (person.isTrue("doNotText")) {
            return new TextRecipient(null, Refusal.DO_NOT_TEXT);
        }
        return new TextRecipient(number, suppressions.contains(number) ? Refusal.SUPPRESSED : null);
    }

    private static String written(CrmRecord person) {
        String mobile = person.text("mobile");
        String number = mobile == null || mobile.isBlank() ? person.text("phone") : mobile;
        return number == null || number.isBlank() ? null : number;
    }
}
