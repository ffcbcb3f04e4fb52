package io.upnext.worklist.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.messaging.Receiving;
import io.upnext.messaging.Suppressions;
import io.upnext.record.CrmRecord;
import io.upnext.security.Settings;
import io.upnext.shared.Actor;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestMail.Received;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** Replies as conversations: seen by whom they are for, answered in the thread exactly once. */
@UpnextTest
class InboxTest {

    @Autowired
    private Api api;

    @Autowired
    private TestUsers users;

    @Autowired
    private TestMail mail;

    @Autowired
    private Receiving receiving;

    @Autowired
    private Suppressions suppressions;

    @Autowired
    private Settings settings;

    @Autowired
    private MutableClock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private DataSource dataSource;

    private Selling selling;
    private Person seller;
    private CrmRecord lead;

    @Autowired
    void set(ApplicationContext context) {
        selling = new Selling(context);
    }

    @BeforeEach
    void aLeadHasAnswered() {
        seller = users.seller();
        selling.equipWithMail(seller);
        lead = selling.lead(seller);
        selling.connect(selling.sequence(selling.automatedMail("Hello")), lead);
        clock.advance(Duration.ofMinutes(10));
        answerAsTheLead("Sounds good, call me.\n\nOn Monday somebody wrote:\n> Hello");
    }

    private Received last() {
        List<Received> all = mail.at(lead.text("email"));
        return all.get(all.size() - 1);
    }

    private void answerAsTheLead(String text) {
        mail.answer(last(), text);
        receiving.fetchNow(mail.mailboxOf(seller.id()));
        selling.settle();
        clock.advance(Duration.ofMinutes(10));
    }

    private static void subject(MimeMessage message, String subject) {
        try {
            message.setSubject(subject, "UTF-8");
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode only(Person person, String query) {
        JsonNode list = api.as(person).get("/inbox" + query).body();
        assertThat(list.path("total").asInt()).as(list.toString()).isEqualTo(1);
        return list.path("items").get(0);
    }

    private JsonNode whole(String id) {
        return api.as(seller).get("/inbox/" + id).body();
    }

    @Test
    void repliesFromBeforeThereWasAnInboxStandInItAfterTheUpgrade() {
        jdbc.sql("delete from inbox_conversation where record = ?")
                .param(lead.id().value())
                .update();
        ResourceDatabasePopulator upgrade =
                new ResourceDatabasePopulator(new ClassPathResource("db/migration/V77__inbox_of_before.sql"));

        upgrade.execute(dataSource);
        upgrade.execute(dataSource);

        JsonNode one = only(seller, "");
        assertThat(one.path("snippet").asText()).isEqualTo("Sounds good, call me.");
        assertThat(one.path("unread").asBoolean()).isFalse();
        answerAsTheLead("And bring the prices.");
        assertThat(only(seller, "?filter=unread").path("unreadMessages").asInt())
                .isEqualTo(1);
    }

    @Test
    void aReplyStandsInTheInboxOfWhoWroteWithTheWholeConversation() {
        JsonNode one = only(seller, "?filter=unread");

        JsonNode whole = whole(one.path("id").asText());

        assertThat(one.at("/record/id").asText()).isEqualTo(lead.id().toString());
        assertThat(one.path("from").asText()).isEqualTo(lead.text("email"));
        assertThat(one.path("snippet").asText()).isEqualTo("Sounds good, call me.");
        assertThat(one.path("unread").asBoolean()).isTrue();
        assertThat(whole.path("messages").findValuesAsText("direction")).containsExactly("SENT", "RECEIVED");
        assertThat(whole.at("/messages/1/text/own").asText()).isEqualTo("Sounds good, call me.");
        assertThat(whole.at("/messages/1/text/quoted").asText()).startsWith("On Monday");
        assertThat(api.as(seller).get("/inbox?filter=some").status()).isEqualTo(400);
    }

    @Test
    void aReplyWhoseSubjectNoAnswerMayHaveCanBeAnsweredAllTheSame() {
        mail.answer(last(), "Once more", answer -> subject(answer, "Long\u0085" + " and longer".repeat(200)));
        receiving.fetchNow(mail.mailboxOf(seller.id()));
        selling.settle();
        String id = only(seller, "").path("id").asText();

        Answer answer = api.as(seller).post("/inbox/" + id + "/answer", Map.of("html", "<p>Sure</p>"));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    }

    @Test
    void anAnswerThatFindsTheDayFullShowsWhenItLeaves() {
        settings.set(Actor.SYSTEM, "userDailyMailCap", 1);
        String id = only(seller, "").path("id").asText();

        api.as(seller).post("/inbox/" + id + "/answer", Map.of("html", "<p>Sure</p>"));
        selling.settle();
        settings.set(Actor.SYSTEM, "userDailyMailCap", null);

        assertThat(whole(id).at("/messages/2/plannedAt").asText()).startsWith("2026-03-03T");
        assertThat(api.visit(seller).get("/inbox?c=" + id).text()).containsPattern("planned for 3 Mar 2026");
    }

    @Test
    void whatWasReadIsNoLongerCountedAndAFurtherReplyIsNewAgain() {
        String id = only(seller, "").path("id").asText();

        api.as(seller).post("/inbox/" + id + "/read");
        assertThat(api.as(seller)
                        .get("/inbox?filter=unread")
                        .body()
                        .path("total")
                        .asInt())
                .isZero();
        assertThat(api.visit(seller).get("/inbox").text()).doesNotContain("nav-count");
        answerAsTheLead("One more thing");

        assertThat(only(seller, "?filter=unread").path("id").asText()).isEqualTo(id);
        assertThat(api.visit(seller).get("/inbox").text()).contains("nav-count", "One more thing");
    }

    @Test
    void anAnswerGoesOutInTheThreadOnceThoughTheEnrollmentHasEnded() {
        String id = only(seller, "").path("id").asText();
        Received theirs = mail.at(seller.user().email()).get(0);
        Api.Caller once = api.as(seller).with("Idempotency-Key", TestUsers.next("key"));
        Map<String, Object> answer = Map.of("html", "<p>Tomorrow at ten?</p><script>x()</script>");

        Answer first = once.post("/inbox/" + id + "/answer", answer);
        Answer again = once.post("/inbox/" + id + "/answer", answer);
        selling.settle();

        assertThat(first.status()).as(first.toString()).isEqualTo(202);
        assertThat(again.text()).isEqualTo(first.text());
        Received sent = last();
        assertThat(mail.at(lead.text("email"))).hasSize(2);
        assertThat(sent.subject()).isEqualTo("Re: Hello");
        assertThat(sent.from()).isEqualTo(seller.user().email());
        assertThat(sent.header("In-Reply-To")).isEqualTo(theirs.messageId());
        assertThat(sent.header("References"))
                .contains(theirs.messageId(), mail.at(lead.text("email")).get(0).messageId());
        assertThat(sent.header("List-Unsubscribe")).isNull();
        assertThat(sent.html()).contains("Tomorrow at ten?").doesNotContain("script", "/t/");
        assertThat(whole(id).path("messages").findValuesAsText("direction"))
                .containsExactly("SENT", "RECEIVED", "SENT");
        assertThat(only(seller, "").path("answeredAt").isMissingNode()).isFalse();
    }

    @Test
    void whatTheyAnswerToAnAnswerComesToTheSameConversation() {
        String id = only(seller, "").path("id").asText();
        api.as(seller).post("/inbox/" + id + "/answer", Map.of("html", "<p>When?</p>"));
        selling.settle();
        clock.advance(Duration.ofMinutes(5));

        answerAsTheLead("At noon");

        assertThat(only(seller, "").path("snippet").asText()).isEqualTo("At noon");
        assertThat(whole(id).path("messages").findValuesAsText("direction"))
                .containsExactly("SENT", "RECEIVED", "SENT", "RECEIVED");
    }

    @Test
    void aFormSentTwiceIsOneMail() {
        String id = only(seller, "").path("id").asText();
        var visitor = api.visit(seller);
        String page = visitor.get("/inbox?c=" + id).text();
        String mailId = page.replaceAll("(?s).*name=\"mail\" value=\"([^\"]+)\".*", "$1");

        for (int i = 0; i < 2; i++) {
            visitor.post("/inbox/" + id + "/answer", "mail", mailId, "subject", "Re: Hello", "html", "<p>Yes</p>");
        }
        selling.settle();

        assertThat(mail.at(lead.text("email"))).hasSize(2);
    }

    @Test
    void nobodyIsAnsweredWhoWantsNoMail() {
        String id = only(seller, "").path("id").asText();
        suppressions.add(lead.text("email"), Suppressions.Reason.UNSUBSCRIBED, null, Actor.SYSTEM);

        Answer answer = api.as(seller).post("/inbox/" + id + "/answer", Map.of("html", "<p>x</p>"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).contains("suppression list");
        assertThat(api.as(seller)
                        .post("/inbox/" + id + "/answer", Map.of("html", " "))
                        .status())
                .isEqualTo(422);
        assertThat(api.as(seller)
                        .post("/inbox/" + id + "/answer", Map.of("html", "x", "attachments", List.of("none.pdf")))
                        .detail())
                .contains("none.pdf");
    }

    @Test
    void aManagerOfTheUnitReadsAndOthersSeeNothing() {
        String id = only(seller, "").path("id").asText();
        Person manager = users.with(seller.unit(), io.upnext.security.Role.SALES_MANAGER);
        Person colleague = users.seller(seller.unit());
        Person stranger = users.salesManager();

        assertThat(only(manager, "?scope=team").path("mayAnswer").asBoolean()).isFalse();
        assertThat(api.as(manager).get("/inbox").body().path("total").asInt()).isZero();
        assertThat(api.as(manager)
                        .post("/inbox/" + id + "/answer", Map.of("html", "<p>x</p>"))
                        .status())
                .isEqualTo(403);
        assertThat(api.as(manager).post("/inbox/" + id + "/read").status()).isEqualTo(403);
        assertThat(api.visit(manager).get("/inbox?scope=team&c=" + id).text())
                .contains("you may read it")
                .doesNotContain("name=\"html\"");
        for (Person other : List.of(colleague, stranger)) {
            assertThat(api.as(other).get("/inbox/" + id).status()).isEqualTo(404);
            assertThat(api.as(other)
                            .get("/inbox?scope=team")
                            .body()
                            .path("total")
                            .asInt())
                    .isZero();
        }
    }

    @Test
    void aTaskIsMadeSeenAndDone() {
        String id = only(seller, "").path("id").asText();

        Answer made = api.as(seller)
                .post("/inbox/" + id + "/tasks", Map.of("name", "Send the offer", "due", "2030-01-01T09:00:00Z"));
        String task = made.body().path("id").asText();

        assertThat(made.status()).as(made.toString()).isEqualTo(400);
        made = api.as(seller).post("/inbox/" + id + "/tasks", Map.of("name", "Send the offer"));
        task = made.body().path("id").asText();
        assertThat(made.status()).isEqualTo(201);
        assertThat(api.as(seller).get("/inbox/tasks").text()).contains(task);
        assertThat(api.as(users.seller())
                        .post("/inbox/tasks/" + task + "/complete")
                        .status())
                .isEqualTo(404);
        assertThat(api.as(seller)
                        .post("/inbox/tasks/" + task + "/complete")
                        .body()
                        .path("doneAt")
                        .isTextual())
                .isTrue();
        assertThat(api.as(seller).get("/inbox/tasks").text()).doesNotContain(task);
        assertThat(api.as(seller)
                        .get("/records/leads/" + lead.id() + "/timeline")
                        .text())
                .contains("inbox.task", "inbox.task-done");
    }

    @Test
    void thePersonCanBeConnectedAgainLater() {
        String id = only(seller, "").path("id").asText();
        String next = api.as(seller)
                .post("/sequences", "{\"name\": \"Later\", \"steps\": [" + Selling.TASK + "]}")
                .body()
                .path("id")
                .asText();
        api.as(seller).post("/sequences/" + next + "/activate", Map.of("changeDescription", "First"));
        String at = clock.instant().plus(Duration.ofDays(14)).toString();

        Answer connected = api.as(seller).post("/inbox/" + id + "/connect", Map.of("sequence", next, "at", at));

        assertThat(connected.status()).as(connected.toString()).isEqualTo(200);
        assertThat(api.as(selling.manager())
                        .get("/enrollments/"
                                + connected.body().path("enrollment").asText())
                        .body()
                        .path("state")
                        .asText())
                .isEqualTo("CONNECTING");
        assertThat(api.as(seller)
                        .post("/inbox/" + id + "/connect", Map.of("sequence", next))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void thePageShowsTheirTextAsTextAndFoldsWhatTheyQuote() {
        answerAsTheLead("<b>bold</b> <img src=\"https://tracker.example/x.png\">");
        String id = only(seller, "").path("id").asText();

        String page = api.visit(seller).get("/inbox?c=" + id).text();

        assertThat(page)
                .contains("&lt;b&gt;bold&lt;/b&gt;")
                .contains("<details")
                .doesNotContain("<img src=\"https://tracker");
    }
}
