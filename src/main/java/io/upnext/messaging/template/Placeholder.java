package io.upnext.messaging.template;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One {@code {{scope.field|fallback}}}.
 *
 * @param fallback the text where the field is empty; null where there is none, the empty text where nothing stands
 *     after the bar
 */
public record Placeholder(String scope, String field, String fallback) {

    static final Set<String> SCOPES = Set.of("record", "account", "contact", "owner", "sender");
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,79}");

    /**
     * @param inside what stands between the braces
     * @return null where it is no placeholder
     */
    static Placeholder parse(String inside) {
        int bar = inside.indexOf('|');
        String path = (bar < 0 ? inside : inside.substring(0, bar)).strip();
        int dot = path.indexOf('.');
        if (dot < 0 || !SCOPES.contains(path.substring(0, dot))) {
            return null;
        }
        String field = path.substring(dot + 1);
        if (!FIELD.matcher(field).matches() || (bar >= 0 && inside.indexOf('{', bar) >= 0)) {
            return null;
        }
        return new Placeholder(
                path.substring(0, dot),
                field,
                bar < 0 ? null : inside.substring(bar + 1).strip());
    }

    public String path() {
        return scope + "." + field;
    }

    /** The sender's signature: HTML, and empty where the sender has none. */
    boolean isSignature() {
        return scope.equals("sender") && field.equals("signature");
    }

    public boolean required() {
        return fallback == null && !isSignature();
    }

    /** The paths of those that cannot do without a value, each once. */
    static Set<String> required(Stream<Placeholder> placeholders) {
        return placeholders
                .filter(Placeholder::required)
                .map(Placeholder::path)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public String toString() {
        return "{{" + path() + (fallback == null ? "" : "|" + fallback) + "}}";
    }
}
