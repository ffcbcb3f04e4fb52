package io.upnext.messaging.inspection;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a report says about one recipient.
 *
 * @param address bare, lower case, or empty where it says none
 * @param original the address as the mail was sent to it, where that is another; else null
 * @param status enhanced code (RFC 3463) such as {@code 5.1.1}, or null
 * @param smtpCode such as {@code 550}, or null
 * @param hard for good: there is no such address, or it takes no mail
 * @param reason one word, such as {@code userunknown}, {@code mailboxfull}, {@code expired}
 * @param diagnostic what the server said, for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Reported(
        String address,
        @JsonIgnore String original,
        @JsonIgnore Action action,
        String status,
        String smtpCode,
        boolean hard,
        String reason,
        @JsonIgnore String diagnostic) {

    public enum Action {
        FAILED,
        DELAYED,
        DELIVERED
    }

    public boolean isFor(String wanted) {
        return wanted.equalsIgnoreCase(address) || wanted.equalsIgnoreCase(original);
    }

    /** For the timeline: the code and what the server said. */
    public String sentence() {
        String code = status == null ? smtpCode : status;
        String said = diagnostic == null ? "" : diagnostic;
        return code == null || said.contains(code) ? said : (code + " " + said).strip();
    }
}
