package io.upnext.sequence.check;

import io.upnext.record.Field;
import io.upnext.sequence.MailFacts;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.filter.Filter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everything the rules must know that does not stand in the definition, so that they stay pure functions. */
public interface CheckFacts {

    /** @see MailFacts#template */
    Optional<MailFacts.Template> template(String name);

    /** @see MailFacts#attachment */
    default Optional<Integer> attachment(String name) {
        return Optional.empty();
    }

    /** @see MailFacts#textTemplate */
    Optional<MailFacts.Template> textTemplate(String name);

    boolean textGatewayWorks();

    boolean anyWorkingMailbox();

    boolean mailboxExists(String id);

    /** The field at a path such as {@code city} or {@code account.sector}. */
    Optional<Field> field(RecordType type, String path);

    /** What the field catalogue has against a filter. */
    List<Problem> filterProblems(RecordType type, Filter filter, String step);

    boolean userExists(String id);

    boolean teamExists(String id);

    /** Is the line set that every mail's footer must show? */
    boolean hasPostalAddress();

    Set<String> callOutcomes();

    /** The stages of a business process of the record type; empty where there is no such process. */
    Optional<Set<String>> stages(RecordType type, String process);

    /** A sequence that is not deleted. */
    Optional<Other> sequence(String id);

    /** How many sequences but this one are active in the organisation. */
    int activeSequencesBut(SequenceId self);

    /**
     * @param advancesTo the ids its active version advances to; empty unless active
     */
    record Other(String id, String name, boolean active, RecordType recordType, Set<String> advancesTo) {}
}
