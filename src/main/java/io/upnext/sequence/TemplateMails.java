package io.upnext.sequence;

import io.upnext.security.CurrentUser;
import io.upnext.shared.RecordType;

/** Port: the mail templates a shipped sequence brings along, which live further down the house. */
public interface TemplateMails {

    /** Makes the mail template unless there is one of its name, whose text then stays as it is. */
    void createMissing(CurrentUser user, Mail mail, RecordType recordType);

    record Mail(String name, String language, String subject, String html) {}
}
