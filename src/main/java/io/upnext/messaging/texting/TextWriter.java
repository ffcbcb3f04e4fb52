package io.upnext.messaging.texting;

import io.upnext.messaging.TextOutbox;
import io.upnext.messaging.template.TextFilling;
import io.upnext.record.RecordGraph;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.shared.UnprocessableException;
import org.springframework.stereotype.Component;

/** Writes a text that waits as it would leave now. */
@Component
class TextWriter {

    private final TextFilling filling;
    private final Users users;

    TextWriter(TextFilling filling, Users users) {
        this.filling = filling;
        this.users = users;
    }

    /** @throws UnprocessableException where values are missing or the text gets too long with them */
    String write(QueuedText text, RecordGraph graph) {
        String written = text.asked().written() != null
                ? text.asked().written()
                : filling.fill(text.asked().template(), text.asked().language(), graph, sender(text));
        if (written.length() > TextOutbox.LONGEST) {
            throw new UnprocessableException("The text has " + written.length() + " characters with its values; "
                    + TextOutbox.LONGEST + " are the most. Shorten the template.");
        }
        return written;
    }

    private User sender(QueuedText text) {
        return text.asked().sender() == null
                ? null
                : users.find(text.asked().sender()).orElse(null);
    }
}
