package io.upnext.worklist.web;

import io.upnext.enrollment.WorkListQuery;
import io.upnext.enrollment.WorkListQuery.Due;
import io.upnext.sequence.Step;
import io.upnext.shared.InvalidException;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import java.util.Locale;
import org.springframework.web.util.UriComponentsBuilder;

/** What the list on the page is narrowed to, as the page's address has it; empty means no matter. */
record WorkFilter(String due, String type, String sequence, String recordType, Integer page) {

    static final int SIZE = 100;

    WorkListQuery query() {
        Due wanted = one(Due.class, "due", due);
        SequenceId of = null;
        try {
            of = blank(sequence) ? null : SequenceId.of(sequence);
        } catch (IllegalArgumentException e) {
            throw new InvalidException("'sequence' is '" + sequence + "', which is no id.");
        }
        return new WorkListQuery(
                wanted == null ? Due.TODAY : wanted,
                one(Step.Type.class, "type", type),
                of,
                one(RecordType.class, "recordType", recordType),
                null);
    }

    /** Asked for by the page, so public as whatever it asks. */
    public Step.Type stepType() {
        return query().type();
    }

    int pageNumber() {
        return page == null ? 0 : page;
    }

    /** The address of the list, at an item of it or (null) at none. */
    public String address(Object step) {
        return builder("/work", step).encode().toUriString();
    }

    /** The address of an item's part of the page. */
    public String part(Object step) {
        return builder("/work/steps/" + step, null).encode().toUriString();
    }

    /** Where the form for many steps goes. */
    public String many() {
        return builder("/work/actions", null).encode().toUriString();
    }

    public String tab(String other) {
        return new WorkFilter(other, type, sequence, recordType, null).address(null);
    }

    public String onPage(int number) {
        return new WorkFilter(due, type, sequence, recordType, number).address(null);
    }

    public String tabName() {
        return query().due().name();
    }

    private UriComponentsBuilder builder(String path, Object step) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        add(address, "due", due);
        add(address, "type", type);
        add(address, "sequence", sequence);
        add(address, "recordType", recordType);
        add(address, "page", page == null || page == 0 ? null : page);
        add(address, "step", step);
        return address;
    }

    private static void add(UriComponentsBuilder address, String name, Object value) {
        if (value != null && !value.toString().isBlank()) {
            address.queryParam(name, value.toString());
        }
    }

    private static <E extends Enum<E>> E one(Class<E> type, String name, String text) {
        if (blank(text)) {
            return null;
        }
        try {
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidException("'" + name + "' is '" + text + "', which is not known here.");
        }
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }
}
