package io.upnext.security;

import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * The settings of the organisation: a few named values that administrators change at run time ({@code /settings}).
 * Read from memory; a change is seen on every node within seconds.
 */
@Component
public class Settings {

    /** {@code postalAddress}: the line every mail's footer must show; empty means mail sequences cannot be activated. */
    public Optional<String> postalAddress() {
        throw new UnsupportedOperationException("stub");
    }

    /** {@code timeZone}: used where neither the recipient nor the sequence has one; default UTC. */
    public ZoneId timeZone() {
        throw new UnsupportedOperationException("stub");
    }

    /** {@code language}: default language of mails and pages; default {@code en}. */
    public String language() {
        throw new UnsupportedOperationException("stub");
    }

    /** {@code country}: whose holidays count for working days (ISO 3166, may be empty). */
    public Optional<String> country() {
        throw new UnsupportedOperationException("stub");
    }

    /** {@code multipleSequences}: may a record be in more than one sequence at a time; default true. */
    public boolean multipleSequences() {
        throw new UnsupportedOperationException("stub");
    }

    /** {@code sendingStopped}: the switch that stops all mail of the organisation; default false. */
    public boolean sendingStopped() {
        throw new UnsupportedOperationException("stub");
    }

    /** {@code tracking}: may opens and clicks be tracked at all; default true. */
    public boolean tracking() {
        throw new UnsupportedOperationException("stub");
    }

    /** Any other named value as a set of words, such as {@code connectableStates.LEAD}; the default where not set. */
    public Set<String> words(String name, Set<String> byDefault) {
        throw new UnsupportedOperationException("stub");
    }

    /** Any other named value as a whole number; the default where not set. */
    public int number(String name, int byDefault) {
        throw new UnsupportedOperationException("stub");
    }

    /** Any other named value as a text; empty where not set. */
    public Optional<String> text(String name) {
        throw new UnsupportedOperationException("stub");
    }

    /** Changes one value (null takes it away) and writes the audit log; the caller has checked the right. */
    public void set(io.upnext.shared.Actor actor, String name, Object value) {
        throw new UnsupportedOperationException("stub");
    }
}
