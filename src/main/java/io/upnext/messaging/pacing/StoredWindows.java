package io.upnext.messaging.pacing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.messaging.SequenceWindow;
import org.springframework.stereotype.Component;

/** The window of a sequence as it stands beside each mail and text, which keep what held when they were queued. */
@Component
public class StoredWindows {

    private final ObjectMapper json;

    StoredWindows(ObjectMapper json) {
        this.json = json;
    }

    public String write(SequenceWindow window) {
        try {
            return window == null ? null : json.writeValueAsString(window);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public SequenceWindow read(String stored) {
        try {
            return stored == null ? null : json.readValue(stored, SequenceWindow.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored window of a sequence cannot be read.", e);
        }
    }
}
