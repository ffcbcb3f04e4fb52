package io.upnext.enrollment.audience;

import io.upnext.record.Fields;
import io.upnext.sequence.Definition.Mode;
import io.upnext.shared.InvalidException;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter;
import io.upnext.shared.filter.Filter.Leaf;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Finds everything wrong with a written audience that can be said without looking at records; the rule is the field. */
@Component
class DraftChecks {

    static final int MAX_NAME = 100;
    static final int MAX_PRIORITY = 1_000;
    private static final int MAX_VIEWS = 20;

    private final Fields fields;

    DraftChecks(Fields fields) {
        this.fields = fields;
    }

    /**
     * @param ofSequence the type of record the sequence takes
     * @throws InvalidException listing all that is wrong
     */
    void check(AudienceDraft draft, RecordType type, RecordType ofSequence, Mode mode) {
        List<Problem> problems = new ArrayList<>();
        name(draft.name(), problems);
        who(draft, type, ofSequence, problems);
        if (mode == Mode.ADAPTIVE) {
            when(draft.when(), problems);
        } else if (draft.when() != null) {
            problems.add(
                    Problem.error("when", "A sequence in Classic or Smart mode says itself when; leave 'when' out."));
        }
        if (draft.priority() != null && (draft.priority() < 1 || draft.priority() > MAX_PRIORITY)) {
            problems.add(
                    Problem.error("priority", "'priority' is a number from 1, the highest, to " + MAX_PRIORITY + "."));
        }
        refuse(problems);
    }

    /** Only whom it looks for. */
    void checkWho(AudienceDraft draft, RecordType type, RecordType ofSequence) {
        List<Problem> problems = new ArrayList<>();
        who(draft, type, ofSequence, problems);
        refuse(problems);
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidException(problems.get(0).message(), problems);
        }
    }

    private static void name(String name, List<Problem> problems) {
        if (name == null || name.isBlank() || name.strip().length() > MAX_NAME || name.indexOf('\0') >= 0) {
            problems.add(Problem.error("name", "An audience needs a name of at most " + MAX_NAME + " characters."));
        }
    }

    private static void type(RecordType type, RecordType ofSequence, List<Problem> problems) {
        boolean contactsOfAccounts = type == RecordType.ACCOUNT && ofSequence == RecordType.CONTACT;
        if (type != ofSequence && !contactsOfAccounts) {
            problems.add(Problem.error(
                    "recordType",
                    "The sequence takes records of type " + ofSequence + "; make 'recordType' " + ofSequence
                            + (ofSequence == RecordType.CONTACT ? ", or ACCOUNT for the contacts of accounts." : ".")));
        }
    }

    private void who(AudienceDraft draft, RecordType type, RecordType ofSequence, List<Problem> problems) {
        type(type, ofSequence, problems);
        if ((draft.filter() == null) == draft.views().isEmpty()) {
            problems.add(Problem.error("filter", "An audience has either a 'filter' or one or more 'views'."));
        }
        if (draft.views().size() > MAX_VIEWS) {
            problems.add(Problem.error("views", "An audience has at most " + MAX_VIEWS + " views."));
        }
        if (draft.filter() == null) {
            return;
        }
        int leaves = draft.filter().leaves().size();
        if (leaves == 0 || leaves > Filter.MAX_LEAVES) {
            problems.add(Problem.error(
                    "filter-limit", "The filter of an audience has 1 to " + Filter.MAX_LEAVES + " conditions."));
        }
        problems.addAll(fields.check(type, draft.filter(), null));
        if (Boolean.TRUE.equals(draft.disconnectOnLeave())
                && draft.filter().leaves().stream().anyMatch(Leaf::asksForSequence)) {
            problems.add(Problem.error(
                    "disconnectOnLeave",
                    "A filter that asks about sequences disconnects nobody: entering and leaving would go round in a"
                            + " circle. Leave 'disconnectOnLeave' out, or the conditions on sequences."));
        }
    }

    private static void when(When when, List<Problem> problems) {
        if (when == null || when.kind() == null) {
            problems.add(Problem.error(
                    "when",
                    "'when' is missing: {\"kind\": \"DAILY\", \"at\": \"09:00\"} or" + " {\"kind\": \"ON_CHANGE\"}."));
            return;
        }
        boolean daily = when.kind() == When.Kind.DAILY;
        if (daily && !isTime(when.at())) {
            problems.add(Problem.error("at", "'at' is a time of day such as 09:30."));
        }
        if (!daily && (when.at() != null || when.timeZone() != null)) {
            problems.add(Problem.error("at", "On change there is no time; leave 'at' and 'timeZone' out."));
        }
        if (daily && when.timeZone() != null && !isZone(when.timeZone())) {
            problems.add(Problem.error("timeZone", "'timeZone' is a zone such as Europe/Berlin."));
        }
    }

    private static boolean isTime(String text) {
        try {
            return text != null && text.length() == 5 && LocalTime.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isZone(String text) {
        try {
            return ZoneId.of(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
