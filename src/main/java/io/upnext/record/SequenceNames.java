package io.upnext.record;

import io.upnext.security.CurrentUser;
import io.upnext.shared.RecordType;
import java.util.Map;

/** The sequences that conditions can name; implemented where sequences live. */
public interface SequenceNames {

    /** Names by id of those for that type of record that the user may see, by name. */
    Map<String, String> of(CurrentUser user, RecordType type);

    /** The steps of one of them by id, in their order. @param sequence its id or name */
    Map<String, String> steps(CurrentUser user, RecordType type, String sequence);
}
