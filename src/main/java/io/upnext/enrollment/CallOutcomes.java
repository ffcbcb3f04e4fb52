package io.upnext.enrollment;

import io.upnext.security.Settings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What a call can come to; the list is a setting of the organisation ({@code callOutcomes}). */
@Component
public class CallOutcomes {

    private static final Set<String> DEFAULT = new LinkedHashSet<>(
            List.of("CONNECTED", "LEFT_VOICEMAIL", "NO_ANSWER", "BUSY", "WRONG_NUMBER", "DO_NOT_CALL"));

    private final Settings settings;

    CallOutcomes(Settings settings) {
        this.settings = settings;
    }

    public Set<String> codes() {
        return settings.words("callOutcomes", DEFAULT);
    }
}
