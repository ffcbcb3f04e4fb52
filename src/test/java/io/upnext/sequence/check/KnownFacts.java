package io.upnext.sequence.check;

import io.upnext.record.Field;
import io.upnext.record.Field.Kind;
import io.upnext.record.Field.Option;
import io.upnext.sequence.MailFacts;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.filter.Filter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A small world for the rules: two templates, one mailbox, a few fields, and what a test adds. */
final class KnownFacts implements CheckFacts {

    boolean mailbox = true;
    boolean textGateway = true;
    boolean postalAddress = true;
    int otherActive = 0;
    final Map<String, Other> sequences = new HashMap<>();
    final Map<String, MailFacts.Template> templates = new HashMap<>(Map.of(
            "intro", new MailFacts.Template("intro", Set.of("en"), Set.of("record.city", "sender.name")),
            "odd", new MailFacts.Template("odd", Set.of("en", "de"), Set.of("record.shoeSize", "record.city"))));
    private final Map<String, Field> fields = Map.of(
            "city", new Field("city", "City", Kind.TEXT, null, false),
            "doNotEmail", new Field("doNotEmail", "Do not email", Kind.TWO_OPTION, null, false),
            "account.sector", new Field("sector", "Sector", Kind.TEXT, null, false),
            "state", new Field("state", "State", Kind.OPTION_SET, List.of(new Option("QUALIFIED", "Qualified")), false),
            "rating",
                    new Field(
                            "rating",
                            "Rating",
                            Kind.OPTION_SET,
                            List.of(new Option("HOT", "Hot"), new Option("COLD", "Cold")),
                            false));

    KnownFacts with(Other other) {
        sequences.put(other.id(), other);
        return this;
    }

    @Override
    public Optional<Field> field(RecordType type, String path) {
        return Optional.ofNullable(fields.get(path));
    }

    @Override
    public List<Problem> filterProblems(RecordType type, Filter filter, String step) {
        return filter.leaves().stream()
                .filter(leaf -> !fields.containsKey(leaf.field()))
                .map(leaf -> Problem.error("filter-field", step, "The filter names '" + leaf.field() + "'."))
                .toList();
    }

    @Override
    public Optional<MailFacts.Template> template(String name) {
        return Optional.ofNullable(templates.get(name));
    }

    @Override
    public Optional<Integer> attachment(String name) {
        return Optional.ofNullable(
                Map.of("prices.pdf", 100_000, "large.zip", 20 * 1024 * 1024).get(name));
    }

    @Override
    public Optional<MailFacts.Template> textTemplate(String name) {
        return Optional.ofNullable(templates.get(name));
    }

    @Override
    public boolean textGatewayWorks() {
        return textGateway;
    }

    @Override
    public boolean anyWorkingMailbox() {
        return mailbox;
    }

    @Override
    public boolean mailboxExists(String id) {
        return id.equals("mailbox-1");
    }

    @Override
    public boolean userExists(String id) {
        return id.equals("user-1");
    }

    @Override
    public boolean teamExists(String id) {
        return id.equals("team-1");
    }

    @Override
    public boolean hasPostalAddress() {
        return postalAddress;
    }

    @Override
    public Set<String> callOutcomes() {
        return Set.of("CONNECTED", "BUSY");
    }

    @Override
    public Optional<Set<String>> stages(RecordType type, String process) {
        return process.equals("sales") ? Optional.of(Set.of("first", "second")) : Optional.empty();
    }

    @Override
    public Optional<Other> sequence(String id) {
        return Optional.ofNullable(sequences.get(id));
    }

    @Override
    public int activeSequencesBut(SequenceId self) {
        return otherActive;
    }
}
