package io.upnext.messaging.tracking;

import io.upnext.security.BaseUrl;
import io.upnext.shared.MailId;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.springframework.stereotype.Component;

/** Puts the pixel and the redirects into the HTML of a mail that leaves; what is stored stays without. */
@Component
public class TrackedHtml {

    private final Links links;
    private final Tokens tokens;
    private final BaseUrl baseUrl;

    TrackedHtml(Links links, Tokens tokens, BaseUrl baseUrl) {
        this.links = links;
        this.tokens = tokens;
        this.baseUrl = baseUrl;
    }

    public String of(MailId mail, String html, boolean opens, boolean clicks) {
        if (!opens && !clicks) {
            return html;
        }
        Document document = Jsoup.parseBodyFragment(html);
        document.outputSettings().prettyPrint(false);
        if (clicks) {
            document.select("a[href]").forEach(anchor -> track(mail, anchor));
        }
        if (opens) {
            document.body()
                    .appendElement("img")
                    .attr("src", baseUrl.link("/t/o/" + tokens.open(mail)))
                    .attr("width", "1")
                    .attr("height", "1")
                    .attr("alt", "");
        }
        return document.body().html();
    }

    private void track(MailId mail, Element anchor) {
        String target = anchor.attr("href").strip();
        if (trackable(target)) {
            anchor.attr("href", baseUrl.link("/t/c/" + tokens.click(mail, links.idOf(target))));
        }
    }

    /** Our own unsubscribe page is no click, attachments are tracked by themselves, and only web addresses can be redirected to. */
    private boolean trackable(String target) {
        return Redirects.allowed(target)
                && !target.startsWith(baseUrl.link("/u/"))
                && !target.startsWith(baseUrl.link("/t/"));
    }
}
