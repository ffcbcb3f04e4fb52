package io.upnext.sequence;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.shared.RecordType;
import io.upnext.shared.SendWindow;
import io.upnext.shared.WrittenWindow;
import io.upnext.shared.filter.Filter;
import java.util.List;

/**
 * The design of a sequence exactly as its author saved it: what is absent stays null, so that a draft may be
 * incomplete; {@link EffectiveOptions} resolves the defaults.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Definition(
        String name,
        String description,
        RecordType recordType,
        Mode mode,
        String timeZone,
        List<String> tags,
        Assignment assignTo,
        Options options,
        Schedule schedule,
        List<Step> steps) {

    public enum Mode {
        ADAPTIVE,
        CLASSIC,
        SMART
    }

    /** Who gets the manual steps; {@code user}, {@code team} and {@code field} as the kind needs. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Assignment(Kind kind, String user, String team, String field) {
        public enum Kind {
            RECORD_OWNER,
            SEQUENCE_OWNER,
            CONNECTED_BY,
            USER,
            TEAM,
            RECORD_FIELD
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Options(
            Boolean exitOnReply,
            Boolean exitOnUnsubscribe,
            Boolean exitOnBounce,
            Boolean exitOnAccountReply,
            Boolean exitWhenDone,
            Boolean skipDuplicateAddresses,
            Filter exitWhen,
            Reentry reentry,
            Window window) {
        /** Nothing chosen: every option takes its default. */
        public static final Options NONE = new Options(null, null, null, null, null, null, null, null, null);
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Reentry(Kind kind, Integer days) {
        public enum Kind {
            ALWAYS,
            NEVER,
            AFTER_DAYS
        }
    }

    /** When mail may leave: ISO days (1 Monday – 7 Sunday or names), local times, whose zone counts. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Window(List<String> days, String from, String to, Zone zone) {
        public enum Zone {
            RECIPIENT,
            SENDER
        }

        public WrittenWindow written() {
            return new WrittenWindow(days, from, to, zone == null ? null : SendWindow.Zone.valueOf(zone.name()));
        }
    }

    /** Classic: {@code at} each day. Smart: {@code every} interval. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Schedule(String at, String timeZone, Boolean skipWeekends, Span every) {}

    /** The type of record it runs on: a lead where the author chose none. */
    public RecordType effectiveRecordType() {
        return recordType == null ? RecordType.LEAD : recordType;
    }

    public Mode effectiveMode() {
        return mode == null ? Mode.ADAPTIVE : mode;
    }

    public Definition withName(String other) {
        return new Definition(other, description, recordType, mode, timeZone, tags, assignTo, options, schedule, steps);
    }

    public Definition withRecordType(RecordType other) {
        return new Definition(name, description, other, mode, timeZone, tags, assignTo, options, schedule, steps);
    }

    public Definition withTags(List<String> other) {
        return new Definition(name, description, recordType, mode, timeZone, other, assignTo, options, schedule, steps);
    }

    public Definition withSteps(List<Step> other) {
        return new Definition(name, description, recordType, mode, timeZone, tags, assignTo, options, schedule, other);
    }

    /** The same with record type and mode written out. */
    public Definition withDefaults() {
        return new Definition(
                name,
                description,
                effectiveRecordType(),
                effectiveMode(),
                timeZone,
                tags,
                assignTo,
                options,
                schedule,
                steps);
    }
}
