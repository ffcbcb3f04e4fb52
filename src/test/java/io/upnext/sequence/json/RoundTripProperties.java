package io.upnext.sequence.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Span;
import io.upnext.sequence.Step;
import io.upnext.sequence.Step.MailEvent;
import io.upnext.shared.RecordType;
import io.upnext.shared.filter.Filter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Writing a definition and reading it again gives the same one, whatever it holds. */
class RoundTripProperties {

    private static final ObjectMapper SPRINGS = new ObjectMapper().registerModule(new SequenceJsonModule());

    @Property(tries = 300)
    void a_definition_is_read_as_it_was_written(@ForAll("definitions") Definition definition) {
        assertThat(DefinitionJson.read(DefinitionJson.text(definition))).isEqualTo(definition);
    }

    @Property(tries = 50)
    void any_mapper_of_the_application_writes_and_reads_the_same(@ForAll("definitions") Definition definition)
            throws Exception {
        String json = SPRINGS.writeValueAsString(definition);

        assertThat(json).isEqualTo(DefinitionJson.text(definition));
        assertThat(DefinitionJson.read(json)).isEqualTo(definition);
    }

    @Provide
    Arbitrary<Definition> definitions() {
        return Combinators.combine(
                        text(),
                        text(),
                        Arbitraries.of(RecordType.class).injectNull(0.2),
                        Arbitraries.of(Definition.Mode.class).injectNull(0.2),
                        text().filter(t -> t != null).list().ofMaxSize(3).injectNull(0.3),
                        options(),
                        frame(),
                        steps(10))
                .as((name, description, type, mode, tags, options, frame, steps) -> new Definition(
                        name, description, type, mode, name, tags, frame.assignTo(), options, frame.schedule(), steps));
    }

    private record Frame(Definition.Assignment assignTo, Definition.Schedule schedule) {}

    private static Arbitrary<Frame> frame() {
        Arbitrary<Definition.Assignment> assignment = Combinators.combine(
                        Arbitraries.of(Definition.Assignment.Kind.class).injectNull(0.2), text(), text(), text())
                .as(Definition.Assignment::new);
        Arbitrary<Definition.Schedule> schedule =
                Combinators.combine(text(), text(), truth(), span()).as(Definition.Schedule::new);
        return Combinators.combine(assignment.injectNull(0.3), schedule.injectNull(0.5))
                .as(Frame::new);
    }

    private static Arbitrary<Definition.Options> options() {
        Arbitrary<Definition.Reentry> reentry = Combinators.combine(
                        Arbitraries.of(Definition.Reentry.Kind.class).injectNull(0.2), number())
                .as(Definition.Reentry::new);
        Arbitrary<Definition.Window> window = Combinators.combine(
                        text().filter(t -> t != null).list().ofMaxSize(3).injectNull(0.3),
                        text(),
                        text(),
                        Arbitraries.of(Definition.Window.Zone.class).injectNull(0.2))
                .as(Definition.Window::new);
        return Combinators.combine(
                        truth(),
                        truth(),
                        truth(),
                        truth(),
                        truth(),
                        truth(),
                        filter().injectNull(0.5),
                        reentry.injectNull(0.5))
                .as((a, b, c, d, e, f, when, again) -> new Definition.Options(a, b, c, d, e, f, when, again, null))
                .flatMap(some -> window.injectNull(0.6)
                        .map(given -> new Definition.Options(
                                some.exitOnReply(),
                                some.exitOnUnsubscribe(),
                                some.exitOnBounce(),
                                some.exitOnAccountReply(),
                                some.exitWhenDone(),
                                some.skipDuplicateAddresses(),
                                some.exitWhen(),
                                some.reentry(),
                                given)))
                .injectNull(0.2);
    }

    private static Arbitrary<List<Step>> steps(int depth) {
        return step(depth).list().ofMaxSize(depth > 7 ? 4 : 2).injectNull(0.1);
    }

    private static Arbitrary<Step> step(int depth) {
        Arbitrary<Step> flat = Arbitraries.oneOf(mail(), manual(), acting(), goTo(), abTest());
        return depth == 0 ? flat : Arbitraries.oneOf(flat, condition(depth));
    }

    private static Arbitrary<Step> goTo() {
        return text().filter(t -> t != null).map(Step.GoTo::new);
    }

    private static Arbitrary<Step> condition(int depth) {
        return Combinators.combine(
                        text(),
                        timing(),
                        test().injectNull(0.1),
                        span(),
                        Arbitraries.of(Step.Condition.Decide.class).injectNull(0.3),
                        Arbitraries.lazy(() -> steps(depth - 1)),
                        Arbitraries.lazy(() -> steps(depth - 1)))
                .as((text, timing, test, within, decide, yes, no) ->
                        new Step.Condition(text, text, text, timing, test, within, decide, yes, no));
    }

    private static Arbitrary<Step.Test> test() {
        Arbitrary<List<MailEvent>> events =
                Arbitraries.of(MailEvent.class).list().ofMaxSize(3).injectNull(0.4);
        Arbitrary<List<String>> texts = text().filter(t -> t != null).list().ofMaxSize(3);
        return Arbitraries.oneOf(
                Combinators.combine(events, events).as(Step.Test.Mail::new),
                texts.map(Step.Test.CallOutcome::new),
                filter().map(Step.Test.Field::new),
                Combinators.combine(text(), texts).as(Step.Test.Stage::new));
    }

    private static Arbitrary<Step> mail() {
        return Combinators.combine(
                        Arbitraries.of(Step.Type.EMAIL, Step.Type.AUTOMATED_EMAIL),
                        text(),
                        timing(),
                        text(),
                        mailOptions())
                .as((type, text, timing, template, mail) ->
                        new Step.Email(type, text, text, text, timing, template, mail));
    }

    private static Arbitrary<Step> abTest() {
        return Combinators.combine(
                        text(),
                        text(),
                        number(),
                        Arbitraries.of(Step.AbTest.Winner.class).injectNull(0.3),
                        Arbitraries.longs()
                                .between(0, 4_000_000_000L)
                                .map(Instant::ofEpochSecond)
                                .injectNull(0.3),
                        Arbitraries.of("A", "B").injectNull(0.3),
                        mailOptions())
                .as((id, template, split, winner, until, byDefault, mail) ->
                        new Step.AbTest(id, id, id, null, template, id, split, winner, until, byDefault, mail));
    }

    private static Arbitrary<Step.MailOptions> mailOptions() {
        return Combinators.combine(
                        text(),
                        Arbitraries.of(Step.MailOptions.Thread.class).injectNull(0.4),
                        text(),
                        text().filter(t -> t != null).list().ofMaxSize(2).injectNull(0.4),
                        truth(),
                        truth(),
                        truth())
                .as((text, thread, from, list, opens, clicks, link) ->
                        new Step.MailOptions(text, thread, from, text, list, list, list, opens, clicks, link))
                .injectNull(0.3);
    }

    private static Arbitrary<Step> manual() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        text(),
                        text(),
                        timing(),
                        span(),
                        text().filter(t -> t != null).list().ofMaxSize(2).injectNull(0.4))
                .as((kind, id, text, timing, due, list) -> switch (kind) {
                    case 0 -> new Step.Call(id, text, text, timing, text, due, list);
                    case 1 -> new Step.Task(id, text, text, timing, text, due, list);
                    case 2 -> new Step.Text(Step.Type.AUTOMATED_TEXT, id, text, text, timing, text, id);
                    default -> new Step.LinkedIn(Step.Type.LINKEDIN_INMAIL, id, text, text, timing);
                });
    }

    private static Arbitrary<Step> acting() {
        Arbitrary<Object> codes = Arbitraries.oneOf(text().map(t -> (Object) t), truth().map(t -> (Object) t));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        text(),
                        text(),
                        number(),
                        Arbitraries.of(Step.Wait.Counting.class).injectNull(0.4),
                        codes)
                .as((kind, id, text, number, counting, code) -> switch (kind) {
                    case 0 -> new Step.Wait(id, text, text, null, number, number, counting);
                    case 1 -> new Step.UpdateField(id, text, text, null, text, code);
                    default -> new Step.Advance(id, text, text, null, text);
                });
    }

    private static Arbitrary<Step.Timing> timing() {
        return Combinators.combine(number(), filter().injectNull(0.8), truth())
                .as(Step.Timing::new)
                .injectNull(0.7);
    }

    private static Arbitrary<Filter> filter() {
        Arbitrary<Object> scalar = Arbitraries.oneOf(
                text().filter(t -> t != null).map(t -> (Object) t),
                Arbitraries.of(true, false).map(t -> (Object) t),
                Arbitraries.bigDecimals()
                        .between(BigDecimal.valueOf(-1e9), BigDecimal.valueOf(1e9))
                        .ofScale(4)
                        .map(t -> (Object) new BigDecimal(t.toPlainString())));
        Arbitrary<Object> value =
                Arbitraries.oneOf(scalar, scalar.list().ofMaxSize(3).map(t -> (Object) t));
        Arbitrary<Filter> leaf = Combinators.combine(
                        text().filter(t -> t != null), Arbitraries.of(Filter.Op.class), value.injectNull(0.2))
                .as(Filter.Leaf::new);
        Arbitrary<Filter> inner = leaf.list().ofMaxSize(3).map(Filter.Any::new);
        return Arbitraries.oneOf(leaf, inner).list().ofMaxSize(4).map(Filter.All::new);
    }

    private static Arbitrary<Span> span() {
        return Combinators.combine(number(), number()).as(Span::new).injectNull(0.3);
    }

    private static Arbitrary<String> text() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars(" äß€\"\\/{}\n\t")
                .ofMaxLength(12)
                .injectNull(0.2);
    }

    private static Arbitrary<Integer> number() {
        return Arbitraries.integers().injectNull(0.3);
    }

    private static Arbitrary<Boolean> truth() {
        return Arbitraries.of(true, false).injectNull(0.4);
    }
}
