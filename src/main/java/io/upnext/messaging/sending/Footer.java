package io.upnext.messaging.sending;

import io.upnext.messaging.template.CleanHtml;
import io.upnext.messaging.tracking.Tokens;
import io.upnext.security.BaseUrl;
import io.upnext.security.Settings;
import io.upnext.shared.MailId;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The end of every automated mail: who writes, and how to get no more of it. */
@Component
class Footer {

    static final Text NONE = new Text("", "");

    private final Settings settings;
    private final Tokens tokens;
    private final BaseUrl baseUrl;
    private final MessageSource texts;

    Footer(Settings settings, Tokens tokens, BaseUrl baseUrl, MessageSource texts) {
        this.settings = settings;
        this.tokens = tokens;
        this.baseUrl = baseUrl;
        this.texts = texts;
    }

    record Text(String html, String text) {}

    /** @param language of the mail, or null for the organisation's */
    Text of(MailId mail, String language) {
        String address = settings.postalAddress().orElse("");
        String link = unsubscribeLink(mail);
        Locale locale = Locale.forLanguageTag(language == null ? settings.language() : language);
        String word = texts.getMessage("mail.unsubscribe", null, "Unsubscribe", locale);
        String html = "\n<hr><p>" + CleanHtml.escape(address) + (address.isBlank() ? "" : "<br>") + "<a href=\""
                + CleanHtml.escape(link) + "\">" + CleanHtml.escape(word) + "</a></p>";
        return new Text(html, "\n\n----------\n" + (address.isBlank() ? "" : address + "\n") + word + ": " + link);
    }

    String unsubscribeLink(MailId mail) {
        return baseUrl.link("/u/" + tokens.unsubscribe(mail));
    }
}
