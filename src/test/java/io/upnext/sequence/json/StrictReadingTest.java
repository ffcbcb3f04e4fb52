package io.upnext.sequence.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upnext.sequence.Definition;
import io.upnext.sequence.Span;
import io.upnext.sequence.Step;
import io.upnext.shared.InvalidException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictReadingTest {

    private static final String EXAMPLE = """
            {"name": "High volume outbound prospecting", "recordType": "LEAD", "mode": "ADAPTIVE",
             "timeZone": "Europe/Berlin", "tags": ["outbound/emea"], "assignTo": {"kind": "RECORD_OWNER"},
             "options": {"exitOnReply": false, "exitWhen": null, "reentry": {"kind": "ALWAYS"}},
             "steps": [
               {"id": "intro", "type": "AUTOMATED_EMAIL", "name": "Introduction", "template": "intro-en"},
               {"id": "replied", "type": "CONDITION", "name": "Replied within two days?",
                "test": {"email": {"any": ["REPLIED"]}}, "within": {"days": 2}, "decide": "AT_ONCE",
                "yes": [{"id": "meet", "type": "TASK", "name": "Arrange the meeting"}],
                "no":  [{"id": "call1", "type": "PHONE_CALL", "name": "First call", "script": "Hello"},
                        {"id": "answered", "type": "CONDITION", "test": {"call": ["CONNECTED"]},
                         "yes": [{"goTo": "meet2"}],
                         "no":  [{"id": "pause", "type": "WAIT", "days": 2, "hours": 0, "counting": "WORKING_DAYS"},
                                 {"id": "meet2", "type": "TASK", "name": "Last try"}]}]}]}
            """;

    @Test
    void the_example_of_the_api_is_read_and_written_as_it_was() {
        Definition definition = DefinitionJson.read(EXAMPLE);

        assertThat(definition.steps()).hasSize(2);
        assertThat(((Step.Condition) definition.steps().get(1)).branch(false)).hasSize(2);
        assertThat(DefinitionJson.text(definition))
                .isEqualTo(EXAMPLE.replace(", \"exitWhen\": null", "")
                        .replaceAll("(?<=[,:\\[{}\\]])\\s+|\\s+(?=[\\]}])", ""));
    }

    @ParameterizedTest
    @CsvSource({"PHONE_CALL", "TASK"})
    void calls_and_tasks_both_take_a_script_a_due_time_and_a_checklist(String type) {
        String json = """
                {"steps":[{"id":"a","type":"%s","name":"A","script":"Hello","dueIn":{"days":2,"hours":4},\
                "checklist":["Agenda","Price"]}]}""".formatted(type);

        Step.Instructed step =
                (Step.Instructed) DefinitionJson.read(json).steps().get(0);

        assertThat(step.script()).isEqualTo("Hello");
        assertThat(step.dueIn()).isEqualTo(new Span(2, 4));
        assertThat(step.checklist()).containsExactly("Agenda", "Price");
        assertThat(DefinitionJson.text(
                        new Definition(null, null, null, null, null, null, null, null, null, List.of(step))))
                .isEqualTo(json);
    }

    @Test
    void read_only_fields_of_an_answer_may_be_sent_back() {
        Definition definition = DefinitionJson.read("""
                {"id": "x", "state": "ACTIVE", "version": 3, "owner": "y", "activeEnrollments": 7,
                 "hasRevision": true, "createdAt": "z", "updatedAt": "z", "name": "A"}
                """);

        assertThat(definition.name()).isEqualTo("A");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"nam": "A"}                                                | 'nam' is not known
                    {"name": 5}                                                 | 'name' must be a text, not the number 5
                    {"name": "a\\u0000b"}                                       | 'name' contains a character
                    {"name": "a\\ud800b"}                                       | 'name' contains a character
                    {"recordType": "lead"}                                      | 'recordType' is 'lead'; it must be one of LEAD
                    {"tags": "a"}                                               | 'tags' must be a list, not the text "a"
                    {"tags": ["a", 3]}                                          | 'tags[1]' must be a text
                    {"tags": ["a", null]}                                       | 'tags[1]' must be a text, not nothing
                    {"options": []}                                             | 'options' must be an object, not a list
                    {"options": {"exitOnReply": "true"}}                        | 'options.exitOnReply' must be true or false, not the text "true"
                    {"options": {"exitOnReply": 1}}                             | 'options.exitOnReply' must be true or false
                    {"options": {"exit": true}}                                 | 'options.exit' is not known
                    {"options": {"exitWhen": {"fields": "a", "op": "EQUALS"}}}  | 'options.exitWhen.fields' is not known
                    {"options": {"exitWhen": {"all": [], "any": []}}}           | 'options.exitWhen' must have exactly one of
                    {"options": {"exitWhen": {"all": [{"field": "a", "op": "IS"}]}}} | 'options.exitWhen.all[0].op' is 'IS'
                    {"options": {"exitWhen": {"all": [{"field": "a"}]}}}        | 'options.exitWhen.all[0]' needs 'op'
                    {"options": {"exitWhen": {"all": [{"field": "a", "op": "EQUALS", "value": {}}]}}} | 'options.exitWhen.all[0].value' must be
                    {"options": {"exitWhen": {"all": [{"field": "a", "op": "EQUALS", "value": 1e99}]}}} | too many digits
                    {"steps": {}}                                               | 'steps' must be a list
                    {"steps": [null]}                                           | 'steps[0]' must be a step, not nothing
                    {"steps": [{"id": "a"}]}                                    | 'steps[0]' has no 'type'
                    {"steps": [{"id": "a", "type": "MAIL"}]}                    | 'steps[0].type' is 'MAIL'
                    {"steps": [{"id": "a", "type": "WAIT", "template": "t"}]}   | 'steps[0].template' is not known
                    {"steps": [{"id": "a", "type": "WAIT", "days": "2"}]}       | 'steps[0].days' must be a whole number, not the text "2"
                    {"steps": [{"id": "a", "type": "WAIT", "days": 2.0}]}       | 'steps[0].days' must be a whole number
                    {"steps": [{"id": "a", "type": "WAIT", "days": 99999999999}]} | 'steps[0].days' must be a whole number
                    {"steps": [{"goTo": "a", "id": "b"}]}                       | 'steps[0].id' is not known
                    {"steps": [{"goTo": 3}]}                                    | 'steps[0].goTo' must be a text
                    {"steps": [{"type": "CONDITION", "test": {}}]}              | 'steps[0].test' must have exactly one of
                    {"steps": [{"type": "CONDITION", "test": {"call": ["A"], "email": {}}}]} | 'steps[0].test' must have exactly one of
                    {"steps": [{"type": "CONDITION", "yes": [{"type": "CONDITION", "within": {"days": true}}]}]} | 'steps[0].yes[0].within.days' must be
                    {"steps": [{"type": "UPDATE_FIELD", "value": 3}]}           | 'steps[0].value' must be
                    {"steps": [{"type": "AB_TEST", "until": "tomorrow"}]}       | 'steps[0].until' must be an instant
                    {"steps": [{"type": "AB_TEST", "default": "C"}]}            | 'steps[0].default' is 'C'
                    {"name": "A", "name": "B"}                                  | no valid JSON
                    {"name": "A"} x                                             | no valid JSON
                    {"name": NaN}                                               | no valid JSON
                    []                                                          | The document must be an object
                    `"x"`                                                       | The document must be an object
                    {                                                           | no valid JSON
                    """)
    void what_is_not_known_or_of_another_type_is_refused_with_its_place(String json, String sentence) {
        assertThatThrownBy(() -> DefinitionJson.read(json))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void nothing_is_no_definition() {
        assertThatThrownBy(() -> DefinitionJson.read("")).isInstanceOf(InvalidException.class);
        assertThatThrownBy(() -> DefinitionJson.read("null")).isInstanceOf(InvalidException.class);
    }

    @Test
    void what_is_too_large_is_refused() {
        assertThatThrownBy(() -> DefinitionJson.read("{\"name\":\"" + "x".repeat(1_000_000) + "\"}"))
                .hasMessageContaining("larger than");
        assertThatThrownBy(() -> DefinitionJson.read(tasks(10_000))).hasMessageContaining("more than 2000 steps");
        assertThat(DefinitionJson.read(tasks(400)).steps()).hasSize(400);
    }

    @Test
    void what_is_nested_too_deeply_is_refused() {
        assertThatThrownBy(() -> DefinitionJson.read(nested(61))).hasMessageContaining("nested more than");
        assertThatThrownBy(() -> DefinitionJson.read("[".repeat(100_000))).isInstanceOf(InvalidException.class);
        assertThat(DefinitionJson.read(nested(60)).steps()).hasSize(1);
    }

    private static String tasks(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"id\":\"t" + i + "\",\"type\":\"TASK\"}")
                .collect(Collectors.joining(",", "{\"steps\":[", "]}"));
    }

    private static String nested(int depth) {
        String open = "{\"type\":\"CONDITION\",\"yes\":[";
        return "{\"steps\":[" + String.join("", Collections.nCopies(depth, open)) + "]}".repeat(depth) + "]}";
    }
}
