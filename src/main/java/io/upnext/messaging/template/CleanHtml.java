package io.upnext.messaging.template;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jsoup.parser.Parser;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;
import org.owasp.html.Sanitizers;

/** The HTML a mail may hold: text, links, images, tables and harmless styles; no script, form, frame or event handler. */
public final class CleanHtml {

    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowCommonBlockElements()
            .allowCommonInlineFormattingElements()
            .allowElements(
                    "a",
                    "img",
                    "hr",
                    "br",
                    "span",
                    "font",
                    "center",
                    "pre",
                    "caption",
                    "col",
                    "colgroup",
                    "table",
                    "tbody",
                    "td",
                    "tfoot",
                    "th",
                    "thead",
                    "tr")
            .allowUrlProtocols("http", "https", "mailto", "tel", "cid")
            .allowAttributes("href", "target", "name")
            .onElements("a")
            .allowAttributes("src", "alt", "width", "height", "border")
            .onElements("img")
            .allowAttributes("color", "face", "size")
            .onElements("font")
            .allowAttributes(
                    "align",
                    "valign",
                    "width",
                    "height",
                    "bgcolor",
                    "border",
                    "cellpadding",
                    "cellspacing",
                    "colspan",
                    "rowspan")
            .onElements("table", "tbody", "td", "tfoot", "th", "thead", "tr", "col", "colgroup")
            .allowAttributes("align", "dir", "lang", "title")
            .globally()
            .allowWithoutAttributes("span", "font", "a")
            .toFactory()
            .and(Sanitizers.STYLES);

    private CleanHtml() {}

    public static String of(String html) {
        return POLICY.sanitize(html);
    }

    /** Sanitises a template; its placeholders come through unchanged, also inside attributes. */
    static String ofTemplate(String html) {
        // The sanitiser breaks up "{{" and escapes it in links, so a word stands in for each placeholder meanwhile.
        String mark = "upnext" + UUID.randomUUID().toString().replace("-", "") + "x";
        List<String> placeholders = new ArrayList<>();
        String marked = TemplateText.parse(html, new ArrayList<>()).fill((placeholder, place) -> {
            // An editor writes the text of a fallback as HTML; kept is the plain text.
            placeholders.add(Parser.unescapeEntities(placeholder.toString(), false));
            return mark + (placeholders.size() - 1) + "x";
        });
        String clean = of(marked);
        for (int i = placeholders.size() - 1; i >= 0; i--) {
            clean = clean.replace(mark + i + "x", placeholders.get(i));
        }
        return clean;
    }

    /** Plain text as HTML text. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
