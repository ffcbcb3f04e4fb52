package io.upnext.sequence.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.sequence.check.CheckFacts.Other;
import io.upnext.sequence.json.DefinitionJson;
import io.upnext.shared.Problem;
import io.upnext.shared.Problem.Severity;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.web.InGerman;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTest {

    private static final SequenceId SELF = SequenceId.next();
    private static final String TASK = "{'id':'t','type':'TASK','name':'T'}";

    private static final Set<String> SAID = new HashSet<>();

    /** Every rule is broken somewhere in here, so this is all that checks say; i18n/refusals_de.txt says it in German. */
    @AfterAll
    static void what_checks_say_is_said_in_german_too() {
        // The facts of this test say nothing else about filters
        SAID.removeIf(sentence -> sentence.matches("The filter names '[^']*'\\."));
        assertThat(InGerman.missing(SAID)).isEmpty();
    }

    private final KnownFacts facts = new KnownFacts();

    private List<Problem> check(String json) {
        List<Problem> problems =
                Checks.of(SELF, DefinitionJson.read(json.replace('\'', '"').replace("SELF", SELF.toString())), facts);
        problems.forEach(problem -> SAID.add(problem.message()));
        return problems;
    }

    private List<Problem> steps(String steps) {
        return check("{'name':'N','steps':[" + steps + "]}");
    }

    private static String task(String id) {
        return "{'id':'" + id + "','type':'TASK','name':'T'}";
    }

    private static List<String> rules(List<Problem> problems) {
        return problems.stream().map(Problem::rule).toList();
    }

    @Test
    void the_example_of_the_api_has_no_problem_once_its_template_is_known() {
        facts.templates.put("intro-en", facts.templates.get("intro"));

        List<Problem> problems = check("""
                {'name':'High volume','recordType':'LEAD','mode':'ADAPTIVE','timeZone':'Europe/Berlin',
                 'tags':['outbound/emea'],'assignTo':{'kind':'RECORD_OWNER'},
                 'options':{'exitOnReply':false,'exitOnUnsubscribe':true,'exitOnBounce':true,'exitOnAccountReply':false,
                            'exitWhen':null,'reentry':{'kind':'ALWAYS'}},
                 'steps':[
                  {'id':'intro','type':'AUTOMATED_EMAIL','name':'Introduction','template':'intro-en'},
                  {'id':'replied','type':'CONDITION','name':'Replied?','test':{'email':{'any':['REPLIED']}},
                   'within':{'days':2},'decide':'AT_ONCE',
                   'yes':[{'id':'meet','type':'TASK','name':'Arrange the meeting'}],
                   'no':[{'id':'call1','type':'PHONE_CALL','name':'First call','script':'…'},
                         {'id':'answered','type':'CONDITION','test':{'call':['CONNECTED']},
                          'yes':[{'goTo':'meet2'}],
                          'no':[{'id':'pause','type':'WAIT','days':2,'hours':0,'counting':'WORKING_DAYS'},
                                {'id':'meet2','type':'TASK','name':'Last try'}]}]}]}
                """);

        assertThat(problems).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    name-required        | 'steps':[TASK] | has no name
                    time-zone            | 'name':'N','timeZone':'Europe/Atlantis','steps':[TASK] | time zone is not known
                    tag                  | 'name':'N','tags':['a/b/c/d/e'],'steps':[TASK] | 'a/b/c/d/e' is no path
                    tag                  | 'name':'N','tags':['a//b'],'steps':[TASK] | 'a//b' is no path
                    assign-to            | 'name':'N','assignTo':{},'steps':[TASK] | choose 'kind'
                    assign-to            | 'name':'N','assignTo':{'kind':'USER'},'steps':[TASK] | user manual steps are assigned to
                    assign-to            | 'name':'N','assignTo':{'kind':'USER','user':'user-2'},'steps':[TASK] | user manual steps are assigned to
                    assign-to            | 'name':'N','assignTo':{'kind':'TEAM','team':'x'},'steps':[TASK] | team manual steps are assigned to
                    assign-to            | 'name':'N','assignTo':{'kind':'RECORD_FIELD','field':'x'},'steps':[TASK] | field that names whom
                    reentry              | 'name':'N','options':{'reentry':{'kind':'AFTER_DAYS'}},'steps':[TASK] | at least 1
                    reentry              | 'name':'N','options':{'reentry':{}},'steps':[TASK] | choose 'kind'
                    no-steps             | 'name':'N' | has no steps
                    no-steps             | 'name':'N','steps':[] | has no steps
                    exit-needs-email     | 'name':'N','options':{'exitOnReply':true},'steps':[TASK] | 'exitOnReply' needs at least one mail step
                    exit-needs-email     | 'name':'N','options':{'exitOnBounce':true},'steps':[TASK] | 'exitOnBounce' needs at least one mail step
                    filter-limit         | 'name':'N','options':{'exitWhen':{'all':[]}},'steps':[TASK] | The exit filter has no condition
                    filter-field         | 'name':'N','options':{'exitWhen':{'all':[{'field':'x','op':'IS_EMPTY'}]}},'steps':[TASK] | names 'x'
                    window               | 'name':'N','options':{'window':{'days':['FUNDAY'],'from':'09:00','to':'17:00'}},'steps':[TASK] | must be days of the week
                    mode-step-type       | 'name':'N','schedule':{'at':'09:00'},'steps':[TASK] | belongs to the Classic and Smart modes
                    """)
    void rules_about_the_whole(String rule, String definition, String sentence) {
        List<Problem> problems = check("{" + definition.replace("TASK]", TASK + "]") + "}");

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.rule()).isEqualTo(rule);
            assertThat(problem.severity()).isEqualTo(Severity.ERROR);
            assertThat(problem.step()).isNull();
            assertThat(problem.message()).contains(sentence);
        });
    }

    @ParameterizedTest(name = "{0} {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    step-id              |   | {'type':'TASK','name':'T'} | The step at steps[0] needs an id
                    step-id              | A | {'id':'A','type':'TASK','name':'T'} | Step 'A' (T) needs an id
                    step-id-duplicate    | t | T,T | has the id of an earlier step
                    step-name            | a | {'id':'a','type':'TASK'} | Step 'a' has no name
                    due-in               | a | {'id':'a','type':'TASK','name':'T','dueIn':{'days':-1}} | must not be negative
                    wait-last            | w | T,{'id':'w','type':'WAIT','name':'W','days':1} | is the last of its branch
                    wait-range           | w | {'id':'w','type':'WAIT','name':'W'},T | more than 0 hours
                    wait-range           | w | {'id':'w','type':'WAIT','name':'W','days':30,'hours':1},T | at most 30 days
                    wait-range           | w | {'id':'w','type':'WAIT','name':'W','days':2,'hours':-1},T | more than 0 hours
                    advance-first        | x | {'id':'x','type':'ADVANCE','name':'A','sequence':'other'} | is the first step
                    advance-not-last     | x | T,{'id':'x','type':'ADVANCE','name':'A','sequence':'other'},U | nothing may follow it
                    advance-target       | x | T,{'id':'x','type':'ADVANCE','name':'A'} | does not say to which sequence
                    advance-target       | x | T,{'id':'x','type':'ADVANCE','name':'A','sequence':'gone'} | does not exist
                    advance-target       | x | T,{'id':'x','type':'ADVANCE','name':'A','sequence':'asleep'} | 'Asleep', which is not active
                    advance-target       | x | T,{'id':'x','type':'ADVANCE','name':'A','sequence':'accounts'} | another record type
                    condition-test       | c | {'id':'c','type':'CONDITION','yes':[T]} | does not say what it asks
                    condition-test       | c | MAIL,{'id':'c','type':'CONDITION','test':{'email':{}},'within':{'days':1},'yes':[T]} | not both and not neither
                    condition-test       | c | MAIL,{'id':'c','type':'CONDITION','test':{'email':{'all':[]}},'within':{'days':1},'yes':[T]} | no event of the mail
                    condition-test       | c | CALL,{'id':'c','type':'CONDITION','test':{'call':[]},'yes':[T]} | no outcome of the call
                    call-outcome         | c | CALL,{'id':'c','type':'CONDITION','test':{'call':['SINGING']},'yes':[T]} | 'SINGING', which calls do not have; choose from BUSY, CONNECTED
                    condition-follows    | c | T,{'id':'c','type':'CONDITION','test':{'email':{'any':['OPENED']}},'within':{'days':1},'yes':[U]} | right after a mail step
                    condition-follows    | c | MAIL,{'id':'c','type':'CONDITION','test':{'call':['BUSY']},'yes':[T]} | right after a phone call
                    condition-last       | c | {'id':'c','type':'CONDITION','test':FIELD,'yes':[T]},U | move them into its Yes or No branch
                    within-range         | c | MAIL,{'id':'c','type':'CONDITION','test':{'email':{'any':['OPENED']}},'yes':[T]} | from 1 hour to 30 days
                    within-range         | c | MAIL,{'id':'c','type':'CONDITION','test':{'email':{'any':['OPENED']}},'within':{'hours':0},'yes':[T]} | from 1 hour to 30 days
                    within-range         | c | MAIL,{'id':'c','type':'CONDITION','test':{'email':{'any':['OPENED']}},'within':{'days':30,'hours':1},'yes':[T]} | from 1 hour to 30 days
                    goto-target          | c | {'id':'c','type':'CONDITION','test':FIELD,'yes':[{'goTo':'t'},U],'no':[T]} | at steps[0].yes[0] is not the last of a branch
                    goto-target          | c | {'id':'c','type':'CONDITION','test':FIELD,'yes':[U],'no':[{'goTo':'gone'}]} | leads to 'gone', which does not exist
                    goto-target          | c | {'id':'c','type':'CONDITION','test':FIELD,'yes':[T],'no':[{'goTo':'t'}]} | leads back to 't'
                    goto-target          | c | {'id':'c','type':'CONDITION','test':FIELD,'yes':[{'goTo':'d'}],'no':[CALL,{'id':'d','type':'CONDITION','test':{'call':['BUSY']},'yes':[T]}]} | asks about the mail or call right before it
                    goto-target          |   | T,{'goTo':'t'} | is not the last of a branch
                    template-missing     | m | {'id':'m','type':'AUTOMATED_EMAIL','name':'M'} | has no template
                    template-missing     | m | {'id':'m','type':'EMAIL','name':'M','template':'gone'} | 'gone', which does not exist
                    template-language    | m | {'id':'m','type':'EMAIL','name':'M','template':'intro','language':'fr'} | language 'fr'
                    template-placeholder | m | {'id':'m','type':'EMAIL','name':'M','template':'odd'} | {{record.shoeSize}}
                    sender-mailbox       | m | {'id':'m','type':'EMAIL','name':'M','from':'mailbox-2'} | a mailbox that does not exist
                    mail-address         | m | {'id':'m','type':'EMAIL','name':'M','cc':['nobody']} | has 'nobody' where a mail address belongs
                    mail-address         | m | {'id':'m','type':'EMAIL','name':'M','replyTo':'a@b\\r\\nBcc: c@d'} | where a mail address belongs
                    field-type           | u | {'id':'u','type':'UPDATE_FIELD','name':'U'} | does not say which field
                    field-type           | u | {'id':'u','type':'UPDATE_FIELD','name':'U','field':'gone','value':true} | no field of the record type LEAD
                    field-type           | u | {'id':'u','type':'UPDATE_FIELD','name':'U','field':'state','value':'QUALIFIED'} | no field of the record type LEAD
                    field-type           | u | {'id':'u','type':'UPDATE_FIELD','name':'U','field':'account.sector','value':'x'} | no field of the record type LEAD
                    field-type           | u | {'id':'u','type':'UPDATE_FIELD','name':'U','field':'city','value':'Rome'} | neither a two-option nor an option-set field
                    field-type           | u | {'id':'u','type':'UPDATE_FIELD','name':'U','field':'doNotEmail','value':'true'} | to true or false
                    field-type           | u | {'id':'u','type':'UPDATE_FIELD','name':'U','field':'rating','value':'WARM'} | one of its options: HOT, COLD
                    filter-field         | c | {'id':'c','type':'CONDITION','test':{'field':{'all':[{'field':'x','op':'IS_EMPTY'}]}},'yes':[T]} | names 'x'
                    filter-limit         | c | {'id':'c','type':'CONDITION','test':{'field':{'any':[]}},'yes':[T]} | has no condition
                    mode-step-type       | t | {'id':'t','type':'TASK','name':'T','day':3} | belong to the Classic and Smart modes
                    attachment-missing   | m | {'id':'m','type':'EMAIL','name':'M','attachments':['gone.pdf']} | has the attachment 'gone.pdf'
                    attachment-size      | m | {'id':'m','type':'EMAIL','name':'M','attachments':['large.zip','prices.pdf']} | more than 20 MB
                    template-missing     | s | {'id':'s','type':'AUTOMATED_TEXT','name':'S'} | has no template
                    template-missing     | s | {'id':'s','type':'TEXT_MESSAGE','name':'S','template':'gone'} | 'gone', which does not exist
                    template-language    | s | {'id':'s','type':'AUTOMATED_TEXT','name':'S','template':'intro','language':'fr'} | language 'fr'
                    template-placeholder | s | {'id':'s','type':'TEXT_MESSAGE','name':'S','template':'odd'} | {{record.shoeSize}}
                    """)
    void rules_about_steps_that_are_errors(String rule, String step, String steps, String sentence) {
        knowOthers();

        List<Problem> problems = steps(expanded(steps));

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.rule()).isEqualTo(rule);
            assertThat(problem.severity()).isEqualTo(Severity.ERROR);
            assertThat(problem.step()).isEqualTo(step);
            assertThat(problem.message()).contains(sentence);
        });
    }

    @ParameterizedTest(name = "{0} {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    condition-empty          | c | {'id':'c','type':'CONDITION','test':FIELD} | no steps in either branch
                    reply-branch-unreachable | c | MAIL,{'id':'c','type':'CONDITION','test':{'email':{'any':['REPLIED']}},'within':{'days':1},'yes':[T]} | a reply ends the sequence first
                    unattended               | u | T,{'id':'u','type':'UPDATE_FIELD','name':'U','field':'doNotEmail','value':true} | put a wait between
                    advance-cycle            | x | T,{'id':'x','type':'ADVANCE','name':'A','sequence':'circle'} | (Circle → Other → N)
                    """)
    void rules_about_steps_that_are_warnings(String rule, String step, String steps, String sentence) {
        knowOthers();

        List<Problem> problems = steps(expanded(steps));

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.rule()).isEqualTo(rule);
            assertThat(problem.severity()).isEqualTo(Severity.WARNING);
            assertThat(problem.step()).isEqualTo(step);
            assertThat(problem.message()).contains(sentence);
        });
    }

    @ParameterizedTest(name = "{0} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    name-length        | 'name':'LONG','steps':[T] | The name is longer than 160 characters; shorten it.
                    description-length | 'name':'N','description':'LONG','steps':[T] | The description is longer than 2,000 characters
                    step-name          | 'name':'N','steps':[{'id':'a','type':'TASK','name':'LONG'}] | has a name of more than 100 characters; shorten it.
                    active-limit       | 'name':'N','steps':[T] | The organisation has 250 active sequences already; deactivate one first.
                    email-engagement   | 'name':'N','steps':[{'id':'m','type':'AUTOMATED_EMAIL','name':'M','template':'intro'}] | need at least one working mailbox; set one up
                    sender-address     | 'name':'N','steps':[{'id':'m','type':'AUTOMATED_EMAIL','name':'M','template':'intro'}] | need a postal address in their footer
                    text-gateway       | 'name':'N','steps':[{'id':'s','type':'AUTOMATED_TEXT','name':'S','template':'intro'}] | need a working text gateway
                    ab-test            | 'name':'N','steps':[{'id':'ab','type':'AB_TEST','name':'AB'}] | needs two templates, a split from 10 to 90, and an end
                    ab-test-untracked  | 'name':'N','steps':[{'id':'ab','type':'AB_TEST','name':'AB','a':{'template':'intro'},'b':{'template':'intro'},'winner':'OPENS','trackOpens':false}] | is decided by what is not tracked
                    stage-process      | 'name':'N','steps':[{'id':'c','type':'CONDITION','test':{'stage':{'process':'none','in':['first']}},'yes':[T]}] | names no process of the record type LEAD
                    stage-process      | 'name':'N','steps':[{'id':'c','type':'CONDITION','test':{'stage':{'process':'sales','in':['third']}},'yes':[T]}] | must name stages of the process 'sales': first, second
                    step-limits        | 'name':'N','steps':[UPDATES] | The sequence has 401 steps; 400 are the most.
                    step-limits        | 'name':'N','steps':[TASKS] | A path through the sequence has 41 manual steps; 40 are the most.
                    classic-steps      | 'name':'N','mode':'CLASSIC','schedule':{'at':'09:30'},'steps':[DAYS] | at most 25 steps; take some out
                    classic-day        | 'name':'N','mode':'CLASSIC','schedule':{'at':'09:30'},'steps':[{'id':'a','type':'TASK','name':'T','day':91}] | needs a day from 1 to 90
                    classic-day        | 'name':'N','mode':'CLASSIC','schedule':{'at':'09:30'},'steps':[{'id':'a','type':'TASK','name':'T','day':4},{'id':'b','type':'TASK','name':'T','day':3}] | is on day 3, before the step above it
                    mode-step-type     | 'name':'N','mode':'SMART','schedule':{'at':'09:30','every':{'days':1}},'steps':[{'id':'w','type':'WAIT','name':'W','days':1},T] | is a wait, a condition or a go-to, which the mode SMART does not have
                    smart-interval     | 'name':'N','mode':'SMART','schedule':{'at':'09:30','every':{'hours':0}},'steps':[T] | at an interval of at least 1 hour
                    """)
    void rules_about_limits_surroundings_and_modes(String rule, String definition, String sentence) {
        facts.otherActive = rule.equals("active-limit") ? 250 : 0;
        facts.mailbox = !rule.equals("email-engagement");
        facts.postalAddress = !rule.equals("sender-address");
        facts.textGateway = !rule.equals("text-gateway");
        String days = IntStream.rangeClosed(1, 26)
                .mapToObj("{'id':'d%1$d','type':'TASK','name':'T','day':%1$d}"::formatted)
                .collect(Collectors.joining(","));

        List<Problem> problems = check("{"
                + definition
                        .replace("LONG", "x".repeat(2001))
                        .replace("UPDATES", updates(401))
                        .replace("TASKS", tasks("t", 41))
                        .replace("DAYS", days)
                        .replaceAll("(?<=[\\[,])T(?=])", TASK)
                + "}");

        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.rule()).isEqualTo(rule);
            assertThat(problem.message()).contains(sentence);
        });
    }

    /** The table of the specification §3; nothing is left that this release cannot run. */
    private static final Set<String> OF_THE_SPECIFICATION = Set.of(
            "name-required",
            "name-length",
            "description-length",
            "no-steps",
            "step-id",
            "step-id-duplicate",
            "step-name",
            "wait-last",
            "wait-range",
            "advance-first",
            "advance-not-last",
            "advance-target",
            "advance-cycle",
            "template-missing",
            "template-language",
            "template-placeholder",
            "condition-follows",
            "condition-last",
            "condition-empty",
            "reply-branch-unreachable",
            "within-range",
            "goto-target",
            "ab-test",
            "unattended",
            "mode-step-type",
            "classic-steps",
            "exit-needs-email",
            "email-engagement",
            "field-type",
            "stage-process",
            "active-limit",
            "step-limits",
            "filter-limit",
            "classic-day",
            "smart-interval",
            "sender-address");

    @Test
    void every_rule_there_is_and_every_rule_of_the_specification_has_its_sentence_in_a_table_above() {
        Set<String> tested = Arrays.stream(ChecksTest.class.getDeclaredMethods())
                .map(method -> method.getAnnotation(CsvSource.class))
                .filter(Objects::nonNull)
                .flatMap(table -> table.textBlock().lines())
                .map(line -> line.substring(0, line.indexOf('|')).strip())
                .collect(Collectors.toSet());

        assertThat(tested).containsAll(OF_THE_SPECIFICATION).containsAll(Checks.rules());
    }

    private void knowOthers() {
        facts.with(new Other("other", "Other", true, RecordType.LEAD, Set.of()))
                .with(new Other("asleep", "Asleep", false, RecordType.LEAD, Set.of()))
                .with(new Other("accounts", "Accounts", true, RecordType.ACCOUNT, Set.of()))
                .with(new Other("circle", "Circle", true, RecordType.LEAD, Set.of("asleep", "circle2")))
                .with(new Other("circle2", "Other", true, RecordType.LEAD, Set.of("circle", SELF.toString())));
    }

    private static String expanded(String steps) {
        return steps.replace("FIELD,", "{'field':{'all':[{'field':'city','op':'IS_EMPTY'}]}},")
                .replace("FIELD}", "{'field':{'all':[{'field':'city','op':'IS_EMPTY'}]}}}")
                .replace("MAIL,", "{'id':'mail','type':'EMAIL','name':'Mail','template':'intro'},")
                .replace("CALL,", "{'id':'call','type':'PHONE_CALL','name':'Call'},")
                .replaceAll("(^|[\\[,])T(?=$|[\\],])", "$1" + TASK)
                .replaceAll("(^|[\\[,])U(?=$|[\\],])", "$1" + task("u"));
    }

    @Test
    void names_and_descriptions_have_their_length() {
        assertThat(rules(check("{'name':'" + "n".repeat(160) + "','description':'" + "d".repeat(2000)
                        + "','steps':[{'id':'a','type':'TASK','name':'" + "s".repeat(100) + "'}]}")))
                .isEmpty();
        assertThat(rules(check("{'name':'" + "n".repeat(161) + "','description':'" + "d".repeat(2001)
                        + "','steps':[{'id':'a','type':'TASK','name':'" + "s".repeat(101) + "'}]}")))
                .containsExactlyInAnyOrder("name-length", "description-length", "step-name");
    }

    @Test
    void a_sequence_may_advance_to_itself_behind_a_wait_only() {
        String self = "{'id':'x','type':'ADVANCE','name':'A','sequence':'SELF'}";

        assertThat(rules(steps(TASK + "," + self))).containsExactly("advance-target", "advance-cycle");
        assertThat(rules(steps(TASK + ",{'id':'w','type':'WAIT','name':'W','days':1}," + self)))
                .containsExactly("advance-cycle");
    }

    @Test
    void a_wait_on_one_way_only_does_not_let_a_sequence_advance_to_itself() {
        List<Problem> problems = steps(
                "{'id':'c','type':'CONDITION','test':{'field':{'all':[{'field':'city','op':'IS_EMPTY'}]}},"
                        + "'yes':[" + TASK + ",{'goTo':'x'}],"
                        + "'no':[{'id':'w','type':'WAIT','name':'W','days':1},{'id':'x','type':'ADVANCE','name':'A','sequence':'SELF'}]}");

        assertThat(rules(problems)).contains("advance-target");
    }

    @Test
    void a_branch_may_begin_with_a_further_condition_on_the_same_mail() {
        String opened = "{'id':'c','type':'CONDITION','test':{'email':{'any':['OPENED']}},'within':{'days':1},"
                + "'yes':[{'id':'d','type':'CONDITION','test':{'email':{'any':['LINK_CLICKED']}},'within':{'days':1},'yes':["
                + TASK + "]}]}";

        assertThat(steps("{'id':'m','type':'EMAIL','name':'M'}," + opened)).isEmpty();
        assertThat(rules(steps(task("a") + "," + opened))).containsExactly("condition-follows", "condition-follows");
    }

    @Test
    void mail_needs_a_working_mailbox_and_a_postal_address() {
        facts.mailbox = false;
        facts.postalAddress = false;

        assertThat(rules(steps("{'id':'m','type':'AUTOMATED_EMAIL','name':'M','template':'intro'}")))
                .containsExactlyInAnyOrder("email-engagement", "sender-address");
        assertThat(rules(steps(TASK))).isEmpty();
        assertThat(rules(check(
                        "{'name':'N','options':{'exitOnReply':false},'steps':[{'id':'m','type':'EMAIL','name':'M'}]}")))
                .containsExactly("sender-address");
    }

    @Test
    void there_are_at_most_250_active_sequences() {
        facts.otherActive = 249;
        assertThat(rules(steps(TASK))).isEmpty();
        facts.otherActive = 250;
        assertThat(rules(steps(TASK))).containsExactly("active-limit");
    }

    @Test
    void there_are_at_most_400_steps_and_40_manual_ones_on_any_path() {
        assertThat(rules(steps(updates(400)))).isEmpty();
        assertThat(rules(steps(updates(401)))).containsExactly("step-limits");
        assertThat(rules(steps(tasks("t", 40)))).isEmpty();
        assertThat(rules(steps(tasks("t", 41)))).containsExactly("step-limits");
        assertThat(rules(steps(branches(tasks("a", 40), tasks("b", 40))))).isEmpty();
    }

    @Test
    void a_go_to_joins_two_paths_and_their_manual_steps() {
        assertThat(rules(steps(branches(tasks("a", 20) + ",{'goTo':'b0'}", tasks("b", 20)))))
                .isEmpty();
        assertThat(rules(steps(branches(tasks("a", 20) + ",{'goTo':'b0'}", tasks("b", 21)))))
                .containsExactly("step-limits");
    }

    private static String branches(String yes, String no) {
        return "{'id':'c','type':'CONDITION','test':{'field':{'all':[{'field':'city','op':'IS_EMPTY'}]}},'yes':[" + yes
                + "],'no':[" + no + "]}";
    }

    private static String tasks(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> task(prefix + i)).collect(Collectors.joining(","));
    }

    private static String updates(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{'id':'u" + i + "','type':'UPDATE_FIELD','name':'U','field':'doNotEmail','value':true}")
                .collect(Collectors.joining(","));
    }

    @Test
    void a_filter_has_at_most_eight_conditions() {
        assertThat(rules(check(filter(8)))).isEmpty();
        assertThat(rules(check(filter(9)))).containsExactly("filter-limit");
    }

    private static String filter(int leaves) {
        return IntStream.range(0, leaves)
                .mapToObj(i -> "{'field':'city','op':'IS_EMPTY'}")
                .collect(Collectors.joining(
                        ",", "{'name':'N','options':{'exitWhen':{'all':[", "]}},'steps':[" + TASK + "]}"));
    }

    @Test
    void an_a_b_test_needs_two_templates_a_split_and_an_end() {
        String test =
                "{'id':'ab','type':'AB_TEST','name':'AB','a':{'template':'intro'},'b':{'template':'intro'},'split':%d%s}";

        assertThat(rules(steps(test.formatted(50, ",'until':'2026-05-01T00:00:00Z'"))))
                .isEmpty();
        assertThat(rules(steps(test.formatted(50, ",'winner':'CLICKS'")))).isEmpty();
        assertThat(rules(steps(test.formatted(50, "")))).containsExactly("ab-test");
        assertThat(rules(steps(test.formatted(91, ",'until':'2026-05-01T00:00:00Z'"))))
                .containsExactly("ab-test");
        assertThat(rules(steps("{'id':'ab','type':'AB_TEST','name':'AB','until':'2026-05-01T00:00:00Z'}")))
                .containsExactly("ab-test");
        assertThat(rules(steps(test.formatted(50, ",'winner':'OPENS','trackOpens':false"))))
                .containsExactly("ab-test-untracked");
    }

    @Test
    void a_stage_condition_names_a_process_and_its_stages() {
        String condition =
                "{'id':'c','type':'CONDITION','test':{'stage':{'process':'%s','in':[%s]}},'yes':[" + TASK + "]}";

        assertThat(rules(steps(condition.formatted("none", "'first'")))).containsExactly("stage-process");
        assertThat(rules(steps(condition.formatted("sales", "'third'")))).containsExactly("stage-process");
        assertThat(rules(steps(condition.formatted("sales", "'first', 'second'"))))
                .isEmpty();
    }

    @Test
    void classic_steps_have_days_in_order_and_neither_waits_nor_conditions() {
        String classic = "{'name':'N','mode':'CLASSIC','schedule':{'at':'09:30'},'steps':[%s]}";
        String onDay = "{'id':'s%1$d','type':'TASK','name':'T','day':%1$d}";

        assertThat(rules(check(classic.formatted(onDay.formatted(1) + "," + onDay.formatted(90)))))
                .isEmpty();
        assertThat(rules(check(classic.formatted(onDay.formatted(4) + "," + onDay.formatted(3)))))
                .contains("classic-day");
        assertThat(rules(check(classic.formatted(onDay.formatted(91))))).contains("classic-day");
        assertThat(rules(check(classic.formatted(TASK)))).contains("classic-day");
        assertThat(rules(check("{'name':'N','mode':'CLASSIC','schedule':{'at':'25:00'},'steps':[" + onDay.formatted(1)
                        + "]}")))
                .contains("classic-day");
        assertThat(rules(check(classic.formatted(
                        "{'id':'w','type':'WAIT','name':'W','days':1,'day':1}," + onDay.formatted(2)))))
                .contains("mode-step-type");
        assertThat(rules(check(classic.formatted(
                        IntStream.rangeClosed(1, 26).mapToObj(onDay::formatted).collect(Collectors.joining(","))))))
                .contains("classic-steps");
    }

    @Test
    void smart_sequences_run_at_an_interval_of_at_least_an_hour() {
        String smart = "{'name':'N','mode':'SMART','schedule':{'at':'09:30','every':%s},'steps':[" + TASK + "]}";

        assertThat(rules(check(smart.formatted("{'hours':1}")))).isEmpty();
        assertThat(rules(check(smart.formatted("{'hours':0}")))).contains("smart-interval");
        assertThat(rules(check(smart.formatted("{'days':1,'hours':-2}")))).contains("smart-interval");
        assertThat(rules(check(smart.formatted("null")))).contains("smart-interval");
        assertThat(rules(check(smart.formatted("{'days':366}")))).contains("smart-interval");
        assertThat(rules(check(smart.formatted("{'hours':1}").replace("SMART", "CLASSIC"))))
                .contains("mode-step-type");
    }

    @Test
    void an_adaptive_condition_does_not_know_the_last_mail() {
        String clicked = "{'all':[{'field':'lastEmail.clicked','op':'EQUALS','value':true}]}";
        String condition = "{'id':'c','type':'CONDITION','test':{'field':" + clicked + "},'yes':[" + TASK + "]}";

        assertThat(steps(condition)).extracting(Problem::message).anySatisfy(message -> assertThat(message)
                .contains("only Classic and Smart sequences know"));
    }

    @Test
    void every_problem_is_found_at_once_those_of_the_whole_first_then_in_the_order_of_steps() {
        List<Problem> problems =
                steps("{'id':'b','type':'TASK'},{'id':'a','type':'UPDATE_FIELD'},{'id':'w','type':'WAIT','name':'W'}");

        assertThat(problems.stream().map(Problem::step)).containsExactly("b", "a", "a", "a", "w", "w");
        assertThat(rules(check("{'steps':[{'id':'b','type':'TASK'}]}"))).containsExactly("name-required", "step-name");
    }
}
