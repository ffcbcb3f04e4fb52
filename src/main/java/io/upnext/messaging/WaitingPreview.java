package io.upnext.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A mail or text that waits, as it would leave now; a text has no more than {@code to} and {@code text}.
 *
 * @param problem why it would not leave; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WaitingPreview(String from, String to, String subject, String html, String text, String problem) {

    /** @param to null where there is nobody */
    public static WaitingPreview refused(String to, String problem) {
        return new WaitingPreview(null, to, null, null, null, problem);
    }
}
