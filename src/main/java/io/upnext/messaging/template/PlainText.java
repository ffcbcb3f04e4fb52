package io.upnext.messaging.template;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** The text alternative of an HTML mail: paragraphs, lists and the addresses of links are kept. */
public final class PlainText {

    private PlainText() {}

    public static String of(String html) {
        Writer writer = new Writer();
        Jsoup.parseBodyFragment(html).body().traverse(writer);
        return writer.text();
    }

    private static final class Writer implements NodeVisitor {

        private final StringBuilder out = new StringBuilder();

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode text) {
                append(text.text());
            } else if (node instanceof Element element) {
                start(element);
            }
        }

        private void start(Element element) {
            switch (element.normalName()) {
                case "br" -> newLine();
                case "hr" -> {
                    lines(1);
                    out.append("----------");
                    lines(1);
                }
                case "li" -> {
                    lines(1);
                    out.append("- ");
                }
                case "p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "pre" -> lines(2);
                case "div", "tr" -> lines(1);
                case "img" -> append(element.attr("alt"));
                default -> {}
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (!(node instanceof Element element)) {
                return;
            }
            switch (element.normalName()) {
                case "p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "pre" -> lines(2);
                case "div", "tr" -> lines(1);
                case "td", "th" -> append(" ");
                case "a" -> link(element);
                default -> {}
            }
        }

        private void link(Element anchor) {
            String target = anchor.attr("href");
            if (target.startsWith("mailto:")) {
                target = target.substring("mailto:".length());
            }
            if (!target.isBlank() && !anchor.text().strip().equals(target)) {
                append(" (" + target + ")");
            }
        }

        private void append(String text) {
            boolean atStart = out.isEmpty() || Character.isWhitespace(out.charAt(out.length() - 1));
            out.append(atStart ? text.stripLeading() : text);
        }

        private void newLine() {
            trimLine();
            out.append('\n');
        }

        /** Makes sure that what follows stands after at least that many line breaks. */
        private void lines(int wanted) {
            if (out.isEmpty()) {
                return;
            }
            trimLine();
            int breaks = 0;
            while (breaks < out.length() && out.charAt(out.length() - 1 - breaks) == '\n') {
                breaks++;
            }
            out.append("\n".repeat(Math.max(0, wanted - breaks)));
        }

        private void trimLine() {
            while (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
                out.setLength(out.length() - 1);
            }
        }

        String text() {
            return out.toString().strip();
        }
    }
}
