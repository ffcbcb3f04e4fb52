package io.upnext.messaging.sending;

import io.upnext.messaging.Attachments.Attachment;
import io.upnext.messaging.template.CleanHtml;
import io.upnext.messaging.tracking.Tokens;
import io.upnext.security.BaseUrl;
import io.upnext.shared.MailId;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Attachments as links at the end of a mail's text, so that it shows who opened them. */
@Component
class AttachmentLinks {

    private final Tokens tokens;
    private final BaseUrl baseUrl;

    AttachmentLinks(Tokens tokens, BaseUrl baseUrl) {
        this.tokens = tokens;
        this.baseUrl = baseUrl;
    }

    Footer.Text of(MailId mail, List<Attachment> attachments) {
        if (attachments.isEmpty()) {
            return Footer.NONE;
        }
        StringBuilder html = new StringBuilder("\n<ul>");
        StringBuilder text = new StringBuilder("\n");
        for (Attachment attachment : attachments) {
            String link = baseUrl.link("/t/a/" + tokens.download(mail, attachment.id()));
            String name = attachment.name() + " (" + size(attachment.size()) + ")";
            html.append("<li><a href=\"").append(link).append("\">");
            html.append(CleanHtml.escape(name)).append("</a></li>");
            text.append("\n").append(name).append(": ").append(link);
        }
        return new Footer.Text(html.append("</ul>").toString(), text.toString());
    }

    private static String size(int bytes) {
        return bytes < 1024 * 1024
                ? Math.max(1, bytes / 1024) + " KB"
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1024.0 / 1024);
    }
}
