package io.upnext.sequence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upnext.sequence.Outline.Node;
import io.upnext.sequence.VersionDifference.Field;
import io.upnext.sequence.VersionDifference.Place;
import io.upnext.sequence.json.DefinitionJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Compares two versions of a sequence step by step. Pure. */
public final class VersionComparison {

    private final Map<String, Node> before;
    private final Map<String, Node> after;

    private VersionComparison(Definition from, Definition to) {
        before = byId(from);
        after = byId(to);
    }

    public static VersionDifference of(SequenceVersion from, SequenceVersion to) {
        VersionComparison comparison = new VersionComparison(from.definition(), to.definition());
        Set<String> kept = comparison.kept();
        List<VersionDifference.Changed> changed = comparison.changed(kept);
        List<VersionDifference.Moved> moved = comparison.moved(kept);
        return new VersionDifference(
                from.number(),
                to.number(),
                fields(DefinitionJson.write(from.definition()), DefinitionJson.write(to.definition()), Set.of("steps")),
                comparison.only(comparison.after, kept),
                comparison.only(comparison.before, kept),
                changed,
                moved,
                kept.stream()
                        .filter(id -> changed.stream().noneMatch(c -> c.id().equals(id)))
                        .filter(id -> moved.stream().noneMatch(m -> m.id().equals(id)))
                        .toList());
    }

    private static Map<String, Node> byId(Definition definition) {
        Map<String, Node> byId = new LinkedHashMap<>();
        Outline.of(definition).nodes().stream()
                .filter(node -> node.step().id() != null)
                .forEach(node -> byId.putIfAbsent(node.step().id(), node));
        return byId;
    }

    /** In the order of the newer one. */
    private Set<String> kept() {
        Set<String> kept = new java.util.LinkedHashSet<>(after.keySet());
        kept.removeIf(id -> !before.containsKey(id)
                || before.get(id).step().type() != after.get(id).step().type());
        return kept;
    }

    private List<Place> only(Map<String, Node> nodes, Set<String> kept) {
        return nodes.values().stream()
                .filter(node -> !kept.contains(node.step().id()))
                .map(node -> new Place(
                        node.step().id(), node.step().type(), node.step().name(), node.place()))
                .toList();
    }

    private List<VersionDifference.Changed> changed(Set<String> kept) {
        List<VersionDifference.Changed> changed = new ArrayList<>();
        for (String id : kept) {
            List<Field> fields = fields(json(before.get(id)), json(after.get(id)), Set.of("yes", "no"));
            if (!fields.isEmpty()) {
                Step step = after.get(id).step();
                changed.add(new VersionDifference.Changed(id, step.type(), step.name(), fields));
            }
        }
        return changed;
    }

    /** The step as the API has it; of a condition also where the ends of its branches lead. */
    private static ObjectNode json(Node node) {
        ObjectNode json = DefinitionJson.writeStep(node.step());
        if (node.step() instanceof Step.Condition condition) {
            goTo(json, "yes.goTo", condition.branch(true));
            goTo(json, "no.goTo", condition.branch(false));
        }
        return json;
    }

    private static void goTo(ObjectNode json, String field, List<Step> branch) {
        if (!branch.isEmpty() && branch.get(branch.size() - 1) instanceof Step.GoTo goTo) {
            json.put(field, goTo.target());
        }
    }

    private static List<Field> fields(ObjectNode before, ObjectNode after, Set<String> without) {
        Set<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        names.removeAll(without);
        List<Field> fields = new ArrayList<>();
        for (String name : names) {
            JsonNode old = before.get(name);
            JsonNode now = after.get(name);
            if (!Objects.equals(old, now)) {
                fields.add(new Field(name, old, now));
            }
        }
        return fields;
    }

    /** Those that change the list they stand in, or overtake others in it: as few as explain the new order. */
    private List<VersionDifference.Moved> moved(Set<String> kept) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        Set<String> moved = new HashSet<>();
        for (String id : kept) {
            if (list(before.get(id)).equals(list(after.get(id)))) {
                lists.computeIfAbsent(list(after.get(id)), list -> new ArrayList<>())
                        .add(id);
            } else {
                moved.add(id);
            }
        }
        lists.values().forEach(ids -> moved.addAll(overtaking(ids)));
        return kept.stream()
                .filter(moved::contains)
                .map(id -> new VersionDifference.Moved(
                        id,
                        after.get(id).step().type(),
                        after.get(id).step().name(),
                        before.get(id).place(),
                        after.get(id).place()))
                .toList();
    }

    private static String list(Node node) {
        return node.parent() == null
                ? ""
                : node.parent().step().id() + (Boolean.TRUE.equals(node.answer()) ? ".yes" : ".no");
    }

    /** All but a longest run of them that kept its order. */
    private Set<String> overtaking(List<String> ids) {
        Map<String, Integer> length = new HashMap<>();
        Map<String, String> previous = new HashMap<>();
        String last = null;
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            length.put(id, 1);
            for (String earlier : ids.subList(0, i)) {
                boolean inOrder =
                        before.get(earlier).position() < before.get(id).position();
                if (inOrder && length.get(earlier) >= length.get(id)) {
                    length.put(id, length.get(earlier) + 1);
                    previous.put(id, earlier);
                }
            }
            last = last == null || length.get(id) > length.get(last) ? id : last;
        }
        Set<String> overtaking = new HashSet<>(ids);
        for (String id = last; id != null; id = previous.get(id)) {
            overtaking.remove(id);
        }
        return overtaking;
    }
}
