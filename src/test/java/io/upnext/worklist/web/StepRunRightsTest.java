package io.upnext.worklist.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.security.Role;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Who may do what with a step, and what completing one needs. */
@UpnextTest
class StepRunRightsTest {

    @Autowired
    Api api;

    @Autowired
    TestUsers users;

    @Autowired
    ApplicationContext context;

    Selling selling;
    Person seller;

    @BeforeEach
    void aSeller() {
        selling = new Selling(context);
        seller = users.seller();
    }

    private static String path(JsonNode run, String action) {
        return "/step-runs/" + run.get("id").asText() + action;
    }

    @Test
    void the_work_list_says_what_is_to_be_done_for_whom() {
        JsonNode call = selling.openStep(seller, Selling.CALL);
        JsonNode task = selling.openStep(seller, Selling.TASK);

        assertThat(call.get("step").get("script").asText()).isEqualTo("Hello");
        assertThat(call.get("step").get("type").asText()).isEqualTo("PHONE_CALL");
        assertThat(call.get("record").get("type").asText()).isEqualTo("LEAD");
        assertThat(call.get("record").get("name").asText()).startsWith("Ada lead-");
        assertThat(call.get("assignee").asText()).isEqualTo(seller.id().toString());
        assertThat(call.get("state").asText()).isEqualTo("OPEN");
        assertThat(call.get("taskId").asText()).isNotBlank();
        assertThat(call.has("finishedAt")).isFalse();
        assertThat(task.get("step").get("checklist").get(0).asText()).isEqualTo("Agenda");
        assertThat(task.get("step").get("description").asText()).isEqualTo("Ask for a date");
    }

    @Test
    void the_assignee_completes_and_the_step_is_gone_from_the_list() {
        JsonNode run = selling.openStep(seller, Selling.TASK);

        Answer answer = api.as(seller).post(path(run, "/complete"), Map.of("note", "Tuesday"));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.body().get("state").asText()).isEqualTo("DONE");
        assertThat(answer.body().get("note").asText()).isEqualTo("Tuesday");
        assertThat(api.as(seller).get("/work-list?due=ALL").body().get("total").asInt())
                .isZero();
        Answer enrollment =
                api.as(seller).get("/enrollments/" + run.get("enrollment").asText());
        assertThat(enrollment.body().get("state").asText()).isEqualTo("COMPLETED");
        assertThat(enrollment.body().get("reason").asText()).isEqualTo("COMPLETED");
        assertThat(enrollment.body().get("currentSteps")).isEmpty();
    }

    @Test
    void what_is_not_open_any_more_is_a_conflict() {
        JsonNode run = selling.openStep(seller, Selling.TASK);
        api.as(seller).post(path(run, "/complete"));

        for (String action : List.of("/complete", "/skip")) {
            Answer answer = api.as(seller).post(path(run, action));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(409);
            assertThat(answer.detail()).contains("no longer open");
        }
        assertThat(api.as(seller)
                        .post(path(run, "/snooze"), Map.of("until", "2026-03-03T09:00:00Z"))
                        .status())
                .isEqualTo(409);
        assertThat(api.as(seller)
                        .post(path(run, "/assign"), Map.of("to", seller.username()))
                        .status())
                .isEqualTo(409);
        assertThat(api.as(seller).post(path(run, "/retry")).status()).isEqualTo(409);
    }

    @Test
    void of_two_who_complete_at_once_exactly_one_wins() throws Exception {
        JsonNode run = selling.openStep(seller, Selling.CALL);
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        List<Future<Answer>> answers = List.of("BUSY", "CONNECTED").stream()
                .map(outcome -> pool.submit(() -> {
                    start.await();
                    return api.as(seller).post(path(run, "/complete"), Map.of("outcome", outcome));
                }))
                .toList();
        start.countDown();

        Answer first = answers.get(0).get();
        Answer second = answers.get(1).get();
        pool.shutdown();

        assertThat(List.of(first.status(), second.status())).containsExactlyInAnyOrder(200, 409);
        String won = first.status() == 200 ? "BUSY" : "CONNECTED";
        Answer after = api.as(seller).get(path(run, ""));
        assertThat(after.body().get("outcome").asText()).isEqualTo(won);
    }

    @Test
    void a_colleague_sees_the_step_of_a_record_of_the_unit_but_may_not_work_it() {
        Person colleague = users.seller(seller.unit());
        JsonNode run = selling.openStep(seller, Selling.TASK);

        assertThat(api.as(colleague).get(path(run, "")).status()).isEqualTo(200);
        Answer answer = api.as(colleague).post(path(run, "/complete"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.detail()).contains("not yours");
        assertThat(selling.of(colleague, selling.lead(colleague), "ALL")).isEmpty();
    }

    @Test
    void a_stranger_does_not_learn_that_the_step_exists() {
        JsonNode run = selling.openStep(seller, Selling.TASK);
        Person stranger = users.seller();

        assertThat(api.as(stranger).get(path(run, "")).status()).isEqualTo(404);
        assertThat(api.as(stranger).post(path(run, "/complete")).status()).isEqualTo(404);
        assertThat(api.as(stranger)
                        .post(path(run, "/assign"), Map.of("to", "x"))
                        .status())
                .isEqualTo(404);
        assertThat(api.as(stranger)
                        .get("/enrollments/" + run.get("enrollment").asText())
                        .status())
                .isEqualTo(404);
        assertThat(api.anonymous().get(path(run, "")).status()).isEqualTo(401);
    }

    @Test
    void the_manager_of_the_unit_above_may_work_it_and_a_manager_elsewhere_sees_nothing() {
        Person above = users.with(Role.SALES_MANAGER);
        Person below = users.seller(users.unitBelow(above.unit()).id());
        JsonNode run = selling.openStep(below, Selling.TASK);

        assertThat(api.as(users.salesManager()).post(path(run, "/skip")).status())
                .isEqualTo(404);
        assertThat(api.as(above).post(path(run, "/skip")).status()).isEqualTo(200);
    }

    @Test
    void a_team_member_works_the_steps_of_the_team() {
        Person member = users.seller(seller.unit());
        var team = users.team(seller.unit(), member);
        JsonNode run = selling.openStep(seller, Selling.TASK);

        Answer given = api.as(seller).post(path(run, "/assign"), Map.of("to", "team:" + team.id()));

        assertThat(given.status()).as(given.toString()).isEqualTo(200);
        assertThat(given.body().get("assignee").asText()).isEqualTo("team:" + team.id());
        assertThat(api.as(seller).get("/work-list?due=ALL").body().get("total").asInt())
                .isZero();
        assertThat(api.as(member).get("/work-list?due=ALL").body().get("total").asInt())
                .isOne();
        assertThat(api.as(seller).post(path(run, "/complete")).status()).isEqualTo(403);
        assertThat(api.as(member).post(path(run, "/complete")).status()).isEqualTo(200);
    }

    @Test
    void a_step_goes_only_to_somebody_active_who_may_see_the_record() {
        JsonNode run = selling.openStep(seller, Selling.TASK);

        Answer unknown = api.as(seller).post(path(run, "/assign"), Map.of("to", "nobody-of-that-name"));
        Answer blind = api.as(seller)
                .post(path(run, "/assign"), Map.of("to", users.seller().username()));
        Answer empty = api.as(seller)
                .post(
                        path(run, "/assign"),
                        Map.of("to", "team:" + users.team(seller.unit()).id()));

        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.detail()).contains("no user or team 'nobody-of-that-name'");
        assertThat(blind.status()).isEqualTo(422);
        assertThat(blind.detail()).contains("may not see the record");
        assertThat(empty.status()).isEqualTo(422);
        assertThat(empty.detail()).contains("no active member");
        assertThat(api.as(seller).post(path(run, "/assign"), "{}").status()).isEqualTo(400);
        assertThat(api.as(seller).get(path(run, "")).body().get("assignee").asText())
                .isEqualTo(seller.id().toString());
    }

    @Test
    void a_call_needs_its_outcome_and_a_mail_its_evidence() {
        selling.equipWithMail(seller);
        JsonNode call = selling.openStep(seller, Selling.CALL);
        JsonNode mail = selling.openStep(seller, Selling.EMAIL);

        Answer noOutcome = api.as(seller).post(path(call, "/complete"), "{}");
        Answer wrongOutcome = api.as(seller).post(path(call, "/complete"), Map.of("outcome", "SHOUTED"));
        Answer noMail = api.as(seller).post(path(mail, "/complete"));
        Answer both = api.as(seller)
                .post(
                        path(mail, "/complete"),
                        Map.of("doneElsewhere", true, "email", Map.of("subject", "a", "html", "b")));
        Answer noSubject = api.as(seller).post(path(mail, "/complete"), Map.of("email", Map.of("html", "b")));

        assertThat(List.of(noOutcome, wrongOutcome, noMail, both, noSubject)).allMatch(a -> a.status() == 422);
        assertThat(noOutcome.detail()).contains("needs its outcome");
        assertThat(wrongOutcome.detail()).contains("'SHOUTED' is no call outcome", "LEFT_VOICEMAIL");
        assertThat(noMail.detail()).contains("done elsewhere");
        assertThat(noSubject.detail()).contains("needs a subject");
        assertThat(api.as(seller)
                        .post(path(mail, "/complete"), "{\"outcom\": \"x\"}")
                        .status())
                .isEqualTo(400);
        assertThat(api.as(seller)
                        .post(path(mail, "/complete"), "{\"doneElsewhere\": \"yes\"}")
                        .status())
                .isEqualTo(400);
        assertThat(api.as(seller)
                        .post(path(call, "/complete"), Map.of("outcome", "BUSY", "note", "x".repeat(10_001)))
                        .status())
                .isEqualTo(422);
        Answer elsewhere = api.as(seller).post(path(mail, "/complete"), Map.of("doneElsewhere", true));
        assertThat(elsewhere.body().get("outcome").asText()).isEqualTo("DONE_ELSEWHERE");
    }

    @Test
    void a_step_is_put_off_to_a_time_to_come_within_a_year() {
        JsonNode run = selling.openStep(seller, Selling.TASK);

        Answer past = api.as(seller).post(path(run, "/snooze"), Map.of("until", "2026-03-02T09:00:00Z"));
        Answer far = api.as(seller).post(path(run, "/snooze"), Map.of("until", "2028-03-02T09:00:00Z"));

        assertThat(past.status()).isEqualTo(422);
        assertThat(past.detail()).contains("past");
        assertThat(far.status()).isEqualTo(422);
        assertThat(far.detail()).contains("a year");
        assertThat(api.as(seller)
                        .post(path(run, "/snooze"), Map.of("until", "soon"))
                        .status())
                .isEqualTo(400);
        assertThat(api.as(seller).post(path(run, "/snooze"), "{}").status()).isEqualTo(400);
        Answer fine = api.as(seller).post(path(run, "/snooze"), Map.of("until", "2026-03-02T12:30:00+02:00"));
        assertThat(fine.status()).as(fine.toString()).isEqualTo(200);
        assertThat(fine.body().get("snoozedUntil").asText()).isEqualTo("2026-03-02T10:30:00Z");
    }

    @Test
    void one_bad_item_of_many_does_not_stop_the_others() {
        JsonNode task = selling.openStep(seller, Selling.TASK);
        JsonNode call = selling.openStep(seller, Selling.CALL);

        Answer answer = api.as(seller)
                .post(
                        "/step-runs/actions",
                        Map.of(
                                "action",
                                "COMPLETE",
                                "ids",
                                List.of(
                                        call.get("id").asText(),
                                        "nonsense",
                                        task.get("id").asText())));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        JsonNode results = answer.body().get("results");
        assertThat(results.findValuesAsText("ok")).containsExactly("false", "false", "true");
        assertThat(results.get(0).get("problem").get("message").asText()).contains("outcome");
        assertThat(results.get(1).get("item").asText()).isEqualTo("nonsense");
        assertThat(api.as(seller).post("/step-runs/actions", "{\"ids\": []}").status())
                .isEqualTo(400);
    }
}
