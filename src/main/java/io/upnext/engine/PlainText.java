package io.upnext.engine;

import org.springframework.web.util.HtmlUtils;

/** Text typed into a form of Tasklist, as the HTML of a mail: lines stay lines, everything else is text. */
final class PlainText {

    private PlainText() {}

    static String toHtml(String text) {
        return text == null ? "" : "<p>" + HtmlUtils.htmlEscape(text).replaceAll("\\R", "<br>") + "</p>";
    }
}
