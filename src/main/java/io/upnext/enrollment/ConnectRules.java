package io.upnext.enrollment;

import io.upnext.record.Fields;
import io.upnext.record.RecordGraph;
import io.upnext.record.Records;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Settings;
import io.upnext.sequence.Definition.Reentry;
import io.upnext.sequence.EffectiveOptions;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.SequenceVersion;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordId;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Which records may be connected to a sequence, and the sentence for each that may not (specification §5). */
@Component
class ConnectRules {

    private final Records records;
    private final Fields fields;
    private final EarlierEnrollments enrollments;
    private final Settings settings;
    private final Clock clock;

    ConnectRules(Records records, Fields fields, EarlierEnrollments enrollments, Settings settings, Clock clock) {
        this.records = records;
        this.fields = fields;
        this.enrollments = enrollments;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Who connects to what.
     *
     * @param version the active version; null where the sequence is not active, and everything is refused
     */
    record Asked(CurrentUser user, Sequence sequence, SequenceVersion version, EffectiveOptions options) {}

    /** By the text the caller gave for the record. */
    record Outcome(Map<String, RecordGraph> accepted, Map<String, Problem> refused) {}

    Outcome check(Asked asked, List<String> texts) {
        Map<String, Problem> refused = new HashMap<>();
        Problem forAll = forAll(asked);
        if (forAll != null) {
            texts.forEach(text -> refused.put(text, forAll));
            return new Outcome(Map.of(), refused);
        }
        Map<String, RecordId> ids = parse(texts);
        Facts facts = facts(asked, new HashSet<>(ids.values()));
        Map<String, RecordGraph> accepted = new LinkedHashMap<>();
        Set<String> addresses = new HashSet<>();
        for (String text : new LinkedHashSet<>(texts)) {
            RecordGraph graph = ids.containsKey(text) ? facts.graphs.get(ids.get(text)) : null;
            Problem problem = graph == null ? unknown(text) : problem(asked, facts, graph, addresses);
            if (problem == null) {
                accepted.put(text, graph);
            } else {
                refused.put(text, problem);
            }
        }
        return new Outcome(accepted, refused);
    }

    private Problem forAll(Asked asked) {
        if (!asked.user().may(Right.CONNECT_RECORDS)) {
            return Problem.error("no-right", "You may not connect records to sequences; ask an administrator.");
        }
        if (asked.version() == null) {
            return Problem.error(
                    "sequence-not-active",
                    "The sequence '" + asked.sequence().name() + "' is not active; activate it first.");
        }
        return null;
    }

    private static Map<String, RecordId> parse(List<String> texts) {
        Map<String, RecordId> ids = new HashMap<>();
        for (String text : texts) {
            try {
                ids.put(text, RecordId.of(text));
            } catch (IllegalArgumentException e) {
                // Not an id, so no record: refused as unknown like an id that names none.
                continue;
            }
        }
        return ids;
    }

    /** What the rules ask about, read for all records together. */
    private record Facts(
            Map<RecordId, RecordGraph> graphs,
            Map<RecordId, Enrollment> newest,
            Set<RecordId> inAnother,
            Map<String, Set<RecordId>> takenAddresses) {}

    private Facts facts(Asked asked, Set<RecordId> ids) {
        records.hold(ids);
        Map<RecordId, RecordGraph> graphs = records.graphs(ids);
        Set<String> addresses = graphs.values().stream()
                .map(graph -> address(asked, graph))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return new Facts(
                graphs,
                enrollments.newest(asked.sequence().id(), ids),
                settings.multipleSequences() ? Set.of() : enrollments.running(ids),
                addresses.isEmpty()
                        ? Map.of()
                        : enrollments.recordsByAddress(asked.sequence().id(), addresses));
    }

    private Problem problem(Asked asked, Facts facts, RecordGraph graph, Set<String> addresses) {
        var record = graph.record();
        if (!records.visible(asked.user(), record)) {
            return unknown(record.id().toString());
        }
        if (record.type() != asked.sequence().recordType()) {
            return Problem.error(
                    "record-type",
                    "'" + record.name() + "' is of type " + record.type() + "; the sequence '"
                            + asked.sequence().name() + "' is for type "
                            + asked.sequence().recordType() + ".");
        }
        if (!fields.connectableStates(record.type()).contains(record.state())) {
            return Problem.error(
                    "record-state",
                    "'" + record.name() + "' is in state " + record.state() + "; only "
                            + String.join(", ", fields.connectableStates(record.type())) + " can be connected.");
        }
        Problem again = again(asked, facts, record.id());
        return again != null ? again : duplicateAddress(asked, facts, graph, addresses);
    }

    private Problem again(Asked asked, Facts facts, RecordId record) {
        Enrollment newest = facts.newest.get(record);
        if (newest != null && !newest.ended()) {
            return alreadyConnected();
        }
        if (facts.inAnother.contains(record)) {
            return Problem.error(
                    "other-sequence",
                    "The record is in another sequence, and more than one at a time is switched off in the settings.");
        }
        return newest == null ? null : reentry(asked.options().reentry(), newest);
    }

    static Problem alreadyConnected() {
        return Problem.error("already-connected", "The record is connected to this sequence already.");
    }

    private Problem reentry(Reentry rule, Enrollment last) {
        if (rule == null || rule.kind() == null || rule.kind() == Reentry.Kind.ALWAYS) {
            return null;
        }
        if (rule.kind() == Reentry.Kind.NEVER) {
            return Problem.error("re-entry", "The record has been in this sequence, which takes nobody twice.");
        }
        int days = rule.days() == null ? 0 : rule.days();
        boolean longEnough = !last.endedAt().plus(Duration.ofDays(days)).isAfter(clock.instant());
        return longEnough
                ? null
                : Problem.error(
                        "re-entry",
                        "The record left this sequence less than " + days + " days ago; it may come back after that.");
    }

    private Problem duplicateAddress(Asked asked, Facts facts, RecordGraph graph, Set<String> addresses) {
        String address = address(asked, graph);
        if (address == null) {
            return null;
        }
        boolean taken = facts.takenAddresses.getOrDefault(address, Set.of()).stream()
                .anyMatch(other -> !other.equals(graph.record().id()));
        return taken || !addresses.add(address) ? duplicate(address) : null;
    }

    private static Problem duplicate(String address) {
        return Problem.error(
                "duplicate-address", "Another record with the address " + address + " has been in this sequence.");
    }

    /** The address that may be enrolled once, in lower case; null where there is none or the sequence does not mind. */
    String address(Asked asked, RecordGraph graph) {
        return address(asked.options(), graph);
    }

    static String address(EffectiveOptions options, RecordGraph graph) {
        String email = graph.person().text("email");
        boolean once = options.skipDuplicateAddresses() && email != null && !email.isBlank();
        return once ? email.trim().toLowerCase(Locale.ROOT) : null;
    }

    /** Somebody else connected the record, or another with its address, while this batch was being checked. */
    Problem lostRace(Enrollment lost, String address) {
        Enrollment other =
                enrollments.newest(lost.sequence(), List.of(lost.record())).get(lost.record());
        return other != null || address == null ? alreadyConnected() : duplicate(address);
    }

    private static Problem unknown(String text) {
        return Problem.error("unknown-record", "There is no record '" + text + "', or you may not see it.");
    }
}
