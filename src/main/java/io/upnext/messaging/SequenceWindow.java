package io.upnext.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.shared.WrittenWindow;

/**
 * When automated mail and texts of a sequence may leave; mail besides its mailbox's own window.
 *
 * @param timeZone of the sequence: where the recipient's is not known; may be null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SequenceWindow(WrittenWindow window, String timeZone) {}
