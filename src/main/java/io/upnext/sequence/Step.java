package io.upnext.sequence;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.shared.filter.Filter;
import java.time.Instant;
import java.util.List;

/**
 * One step of a sequence, or the {@link GoTo} that ends a branch. Absent values stay null. {@code day}, {@code when}
 * and {@code repeat} belong to the Classic and Smart modes.
 */
public sealed interface Step {

    String id();

    String name();

    String description();

    Timing timing();

    Type type();

    /** The same step on another day, under another condition; a go-to has none and stays as it is. */
    default Step at(Timing other) {
        return this;
    }

    /** The step types of the API; {@link GoTo} has none. */
    enum Type {
        EMAIL,
        AUTOMATED_EMAIL,
        PHONE_CALL,
        TASK,
        TEXT_MESSAGE,
        AUTOMATED_TEXT,
        LINKEDIN_RESEARCH,
        LINKEDIN_INTRODUCTION,
        LINKEDIN_CONNECT,
        LINKEDIN_INMAIL,
        WAIT,
        UPDATE_FIELD,
        ADVANCE,
        CONDITION,
        AB_TEST;

        /** A person does it. */
        public boolean manual() {
            return switch (this) {
                case EMAIL,
                        PHONE_CALL,
                        TASK,
                        TEXT_MESSAGE,
                        LINKEDIN_RESEARCH,
                        LINKEDIN_INTRODUCTION,
                        LINKEDIN_CONNECT,
                        LINKEDIN_INMAIL -> true;
                default -> false;
            };
        }

        /** It sends or may send mail. */
        public boolean mail() {
            return this == EMAIL || this == AUTOMATED_EMAIL || this == AB_TEST;
        }
    }

    /** Classic and Smart: on which day, under which condition, more than once. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Timing(Integer day, Filter when, Boolean repeat) {
        public static final Timing NONE = new Timing(null, null, null);
    }

    /** What the mail steps share. {@code from}: {@code ASSIGNEE}, {@code SEQUENCE_OWNER} or a mailbox id. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MailOptions(
            String language,
            Thread thread,
            String from,
            String replyTo,
            List<String> cc,
            List<String> bcc,
            List<String> attachments,
            Boolean trackOpens,
            Boolean trackClicks,
            Boolean unsubscribeLink) {
        /** Nothing chosen: every option takes its default. */
        public static final MailOptions NONE =
                new MailOptions(null, null, null, null, null, null, null, null, null, null);

        public enum Thread {
            NEW,
            REPLY
        }
    }

    /** {@code EMAIL} or {@code AUTOMATED_EMAIL}. */
    record Email(
            Type type, String id, String name, String description, Timing timing, String template, MailOptions mail)
            implements Step {
        @Override
        public Step at(Timing other) {
            return new Email(type, id, name, description, other, template, mail);
        }

        public Email {
            timing = orNone(timing);
            mail = orNone(mail);
        }
    }

    /** A step that a person does by its instructions, with a time it is due; {@code dueIn} null: on entry. */
    sealed interface Instructed extends Step {

        String script();

        Span dueIn();

        List<String> checklist();
    }

    record Call(
            String id,
            String name,
            String description,
            Timing timing,
            String script,
            Span dueIn,
            List<String> checklist)
            implements Instructed {
        @Override
        public Step at(Timing other) {
            return new Call(id, name, description, other, script, dueIn, checklist);
        }

        public Call {
            timing = orNone(timing);
        }

        public Call(String id, String name, String description, Timing timing, String script) {
            this(id, name, description, timing, script, null, null);
        }

        @Override
        public Type type() {
            return Type.PHONE_CALL;
        }
    }

    record Task(
            String id,
            String name,
            String description,
            Timing timing,
            String script,
            Span dueIn,
            List<String> checklist)
            implements Instructed {
        @Override
        public Step at(Timing other) {
            return new Task(id, name, description, other, script, dueIn, checklist);
        }

        public Task {
            timing = orNone(timing);
        }

        public Task(String id, String name, String description, Timing timing, Span dueIn, List<String> checklist) {
            this(id, name, description, timing, null, dueIn, checklist);
        }

        @Override
        public Type type() {
            return Type.TASK;
        }
    }

    /** {@code TEXT_MESSAGE} or {@code AUTOMATED_TEXT}. */
    record Text(Type type, String id, String name, String description, Timing timing, String template, String language)
            implements Step {
        @Override
        public Step at(Timing other) {
            return new Text(type, id, name, description, other, template, language);
        }

        public Text {
            timing = orNone(timing);
        }
    }

    /** One of the four LinkedIn steps. */
    record LinkedIn(Type type, String id, String name, String description, Timing timing) implements Step {
        @Override
        public Step at(Timing other) {
            return new LinkedIn(type, id, name, description, other);
        }

        public LinkedIn {
            timing = orNone(timing);
        }
    }

    record Wait(
            String id, String name, String description, Timing timing, Integer days, Integer hours, Counting counting)
            implements Step {
        public enum Counting {
            ELAPSED,
            WORKING_DAYS
        }

        public Wait {
            timing = orNone(timing);
        }

        @Override
        public Type type() {
            return Type.WAIT;
        }

        public Span span() {
            return new Span(days, hours);
        }
    }

    /** {@code value}: an option's code, or true / false. */
    record UpdateField(String id, String name, String description, Timing timing, String field, Object value)
            implements Step {
        @Override
        public Step at(Timing other) {
            return new UpdateField(id, name, description, other, field, value);
        }

        public UpdateField {
            timing = orNone(timing);
        }

        @Override
        public Type type() {
            return Type.UPDATE_FIELD;
        }
    }

    record Advance(String id, String name, String description, Timing timing, String sequence) implements Step {
        @Override
        public Step at(Timing other) {
            return new Advance(id, name, description, other, sequence);
        }

        public Advance {
            timing = orNone(timing);
        }

        @Override
        public Type type() {
            return Type.ADVANCE;
        }
    }

    record Condition(
            String id,
            String name,
            String description,
            Timing timing,
            Test test,
            Span within,
            Decide decide,
            List<Step> yes,
            List<Step> no)
            implements Step {
        public enum Decide {
            AT_ONCE,
            AT_LIMIT
        }

        public Condition {
            timing = orNone(timing);
        }

        /** The steps of the Yes or the No branch; empty where it is absent. */
        public List<Step> branch(boolean answer) {
            List<Step> steps = answer ? yes : no;
            return steps == null ? List.of() : steps;
        }

        /** It asks about a mail. */
        public boolean onMail() {
            return test instanceof Test.Mail;
        }

        /** It asks about the outcome of a call. */
        public boolean onCall() {
            return test instanceof Test.CallOutcome;
        }

        @Override
        public Type type() {
            return Type.CONDITION;
        }
    }

    /** What a condition asks; exactly one is set in a valid definition. */
    sealed interface Test {
        /** Exactly one of {@code any} and {@code all}. */
        record Mail(List<MailEvent> any, List<MailEvent> all) implements Test {}

        record CallOutcome(List<String> outcomes) implements Test {}

        record Field(Filter filter) implements Test {}

        record Stage(String process, List<String> in) implements Test {}
    }

    enum MailEvent {
        OPENED,
        LINK_CLICKED,
        REPLIED,
        ATTACHMENT_OPENED
    }

    record AbTest(
            String id,
            String name,
            String description,
            Timing timing,
            String templateA,
            String templateB,
            Integer split,
            Winner winner,
            Instant until,
            String byDefault,
            MailOptions mail)
            implements Step {
        @Override
        public Step at(Timing other) {
            return new AbTest(
                    id, name, description, other, templateA, templateB, split, winner, until, byDefault, mail);
        }

        public enum Winner {
            REPLIES,
            CLICKS,
            OPENS
        }

        private static final int HALF = 50;

        public AbTest {
            timing = orNone(timing);
            mail = orNone(mail);
        }

        @Override
        public Type type() {
            return Type.AB_TEST;
        }

        /** Per cent that get A; half where nothing was chosen. */
        public int share() {
            return split == null ? HALF : split;
        }

        /** What decides; replies where nothing was chosen. */
        public Winner decidedBy() {
            return winner == null ? Winner.REPLIES : winner;
        }

        /** Is A the version that is used where the end comes undecided? */
        public boolean defaultsToA() {
            return !"B".equals(byDefault);
        }

        public String template(boolean a) {
            return a ? templateA : templateB;
        }

        /** The mail of those who get A, or else of those who get B. */
        public Email asMail(boolean a) {
            return new Email(Type.AUTOMATED_EMAIL, id, name, description, timing, template(a), mail);
        }
    }

    /** Goes on at a step of another branch; stands alone, last in its list. */
    record GoTo(String target) implements Step {
        @Override
        public String id() {
            return null;
        }

        @Override
        public String name() {
            return null;
        }

        @Override
        public String description() {
            return null;
        }

        @Override
        public Timing timing() {
            return Timing.NONE;
        }

        @Override
        public Type type() {
            return null;
        }
    }

    private static Timing orNone(Timing timing) {
        return timing == null ? Timing.NONE : timing;
    }

    private static MailOptions orNone(MailOptions mail) {
        return mail == null ? MailOptions.NONE : mail;
    }
}
