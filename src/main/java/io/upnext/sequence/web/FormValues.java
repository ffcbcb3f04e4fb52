package io.upnext.sequence.web;

import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.SequenceId;

/** Reads what browsers send: every input arrives as text, and an empty one means nothing was chosen. */
final class FormValues {

    private FormValues() {}

    static String given(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    static <E extends Enum<E>> E oneOf(Class<E> values, String text) {
        if (given(text) == null) {
            return null;
        }
        try {
            return Enum.valueOf(values, text);
        } catch (IllegalArgumentException unknown) {
            throw new InvalidException("'" + text + "' is none of the choices.");
        }
    }

    /** Yes, no, or left to the default. */
    static Boolean truth(String text) {
        return given(text) == null ? null : Boolean.valueOf(text);
    }

    static SequenceId sequence(String id) {
        try {
            return SequenceId.of(id);
        } catch (IllegalArgumentException noId) {
            throw new NotFoundException("There is no sequence '" + id + "'.");
        }
    }
}
