package io.upnext.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A filter as a form sends it: lines one after the other, some in groups. Each line has a key, which its inputs carry in
 * their names, so that a line may have any number of values; the keys themselves are sent in the order of the page.
 */
record FilterLines(boolean any, List<Node> nodes) {

    static final FilterLines NONE = new FilterLines(false, List.of());

    private static final Pattern KEY = Pattern.compile("[a-z0-9]{1,16}");

    sealed interface Node permits Line, Group {
        String key();
    }

    record Group(String key, boolean any, List<Line> lines) implements Node {}

    /**
     * @param of the sequence that a state or step is asked of; blank: any
     * @param raw the JSON of a condition that no inputs can show, else null
     */
    record Line(String key, String field, String op, List<String> values, String of, String raw) implements Node {

        static Line blank(String key) {
            return new Line(key, "", "", List.of(), "", null);
        }

        String value(int index) {
            return index < values.size() ? values.get(index) : "";
        }
    }

    /** @param name what the names of all inputs of this filter begin with */
    static FilterLines read(String name, Map<String, String[]> sent) {
        List<Node> nodes = new ArrayList<>();
        for (String place : all(sent, name + ".row")) {
            String[] keys = place.split("/", 2);
            if (!Arrays.stream(keys).allMatch(key -> KEY.matcher(key).matches())) {
                continue;
            }
            if (keys.length == 2) {
                within(nodes, keys[0], line(name + "." + keys[1] + ".", keys[1], sent));
            } else if (sent.containsKey(name + "." + keys[0] + ".match")) {
                nodes.add(new Group(keys[0], isAny(first(sent, name + "." + keys[0] + ".match")), new ArrayList<>()));
            } else {
                nodes.add(line(name + "." + keys[0] + ".", keys[0], sent));
            }
        }
        return new FilterLines(isAny(first(sent, name + ".match")), nodes);
    }

    private static void within(List<Node> nodes, String group, Line line) {
        nodes.stream()
                .filter(node -> node instanceof Group && node.key().equals(group))
                .findFirst()
                .ifPresentOrElse(node -> ((Group) node).lines().add(line), () -> nodes.add(line));
    }

    private static Line line(String prefix, String key, Map<String, String[]> sent) {
        String of = Objects.requireNonNullElse(first(sent, prefix + "of"), "");
        String stepsOf = first(sent, prefix + "steps");
        // A step that was chosen of one sequence is none of another
        boolean ofAnother = stepsOf != null && !stepsOf.equals(of);
        return new Line(
                key,
                Objects.requireNonNullElse(first(sent, prefix + "field"), ""),
                Objects.requireNonNullElse(first(sent, prefix + "op"), ""),
                ofAnother ? List.of() : all(sent, prefix + "value"),
                of,
                first(sent, prefix + "raw"));
    }

    /** Every line, those of groups too. */
    Stream<Line> lines() {
        return nodes.stream()
                .flatMap(node -> node instanceof Group group ? group.lines().stream() : Stream.of((Line) node));
    }

    /** One more line at the end, or at the end of the group of that key. */
    FilterLines add(String group, Line line) {
        List<Node> added = new ArrayList<>(nodes);
        if (group == null) {
            added.add(line);
        } else {
            added.replaceAll(node -> node instanceof Group found && found.key().equals(group)
                    ? new Group(
                            found.key(),
                            found.any(),
                            Stream.concat(found.lines().stream(), Stream.of(line))
                                    .toList())
                    : node);
        }
        return new FilterLines(any, added);
    }

    FilterLines addGroup(Group group) {
        return new FilterLines(
                any, Stream.concat(nodes.stream(), Stream.of(group)).toList());
    }

    /** Without the line or group of that key; a group goes with its last line. */
    FilterLines remove(String key) {
        Predicate<Node> others = node -> !node.key().equals(key);
        return new FilterLines(
                any,
                nodes.stream()
                        .filter(others)
                        .map(node -> node instanceof Group group
                                ? new Group(
                                        group.key(),
                                        group.any(),
                                        group.lines().stream().filter(others).toList())
                                : node)
                        .filter(node ->
                                !(node instanceof Group group) || !group.lines().isEmpty())
                        .toList());
    }

    private static boolean isAny(String match) {
        return "any".equals(match);
    }

    private static String first(Map<String, String[]> sent, String name) {
        String[] values = sent.get(name);
        return values == null || values.length == 0 ? null : values[0];
    }

    private static List<String> all(Map<String, String[]> sent, String name) {
        return List.of(sent.getOrDefault(name, new String[0]));
    }
}
