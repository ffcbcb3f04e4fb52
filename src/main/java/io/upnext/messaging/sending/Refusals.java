package io.upnext.messaging.sending;

import io.upnext.messaging.MailEvent.Refusal;
import io.upnext.messaging.Suppressions;
import io.upnext.record.CrmRecord;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Whether a person may be mailed at all: the clean outcomes of spec §7.9. */
@Component
public class Refusals {

    private final Suppressions suppressions;

    Refusals(Suppressions suppressions) {
        this.suppressions = suppressions;
    }

    public Optional<Refusal> of(CrmRecord person) {
        return among(List.of(person), List.of()).of(person, address(person));
    }

    /** As above, at another address than the person's own. */
    public Optional<Refusal> of(CrmRecord person, String address) {
        return among(List.of(), List.of(address)).of(person, address);
    }

    /** Looks up the suppressions of many persons, and of further addresses, in one statement. */
    public Known among(Collection<CrmRecord> persons, Collection<String> more) {
        return new Known(suppressions.among(Stream.concat(persons.stream().map(Refusals::address), more.stream())
                .filter(Objects::nonNull)
                .toList()));
    }

    /** Null where there is none. */
    public static String address(CrmRecord person) {
        String address = person.text("email");
        return address == null || address.isBlank() ? null : address.strip();
    }

    public record Known(Set<String> suppressed) {

        public Optional<Refusal> of(CrmRecord person, String address) {
            if (person.isTrue("doNotEmail")) {
                return Optional.of(Refusal.DO_NOT_EMAIL);
            }
            if (address == null) {
                return Optional.of(Refusal.NO_ADDRESS);
            }
            if (!Addresses.valid(address)) {
                return Optional.of(Refusal.INVALID_ADDRESS);
            }
            return suppressed.contains(address) ? Optional.of(Refusal.SUPPRESSED) : Optional.empty();
        }
    }
}
