package io.upnext.worklist.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.record.CrmRecord;
import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What stands on a seller's work list, when, and in which order. */
@UpnextTest
class WorkListTest {

    @Autowired
    Api api;

    @Autowired
    TestUsers testUsers;

    @Autowired
    Users users;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ApplicationContext context;

    Selling selling;
    Person seller;

    /** In Kolkata it is 14:30 on Monday; Tuesday begins at 18:30 UTC. */
    @BeforeEach
    void aSellerInKolkata() {
        selling = new Selling(context);
        seller = testUsers.seller();
        User u = seller.user();
        users.save(new User(
                u.id(),
                u.username(),
                u.name(),
                u.email(),
                u.unit(),
                u.roles(),
                u.locale(),
                "Asia/Kolkata",
                true,
                null));
    }

    private void due(JsonNode run, String at) {
        set(run, "due_at", at);
    }

    private void set(JsonNode run, String column, String at) {
        jdbc.sql("update step_run set " + column + " = ? where id = ?")
                .params(OffsetDateTime.parse(at), UUID.fromString(run.get("id").asText()))
                .update();
    }

    private List<String> ids(String query) {
        Answer answer = api.as(seller).get("/work-list" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        answer.body().get("items").forEach(item -> ids.add(item.get("id").asText()));
        return ids;
    }

    private static String id(JsonNode run) {
        return run.get("id").asText();
    }

    @Test
    void days_begin_and_end_at_midnight_of_the_sellers_zone() {
        JsonNode yesterday = selling.openStep(seller, Selling.TASK);
        JsonNode dawn = selling.openStep(seller, Selling.TASK);
        JsonNode night = selling.openStep(seller, Selling.TASK);
        JsonNode tomorrow = selling.openStep(seller, Selling.TASK);
        due(yesterday, "2026-03-01T18:29:59Z");
        due(dawn, "2026-03-01T18:30:00Z");
        due(night, "2026-03-02T18:29:59Z");
        due(tomorrow, "2026-03-02T18:30:00Z");

        assertThat(ids("")).containsExactly(id(yesterday), id(dawn), id(night));
        assertThat(ids("?due=OVERDUE")).containsExactly(id(yesterday));
        assertThat(ids("?due=LATER")).containsExactly(id(tomorrow));
        assertThat(ids("?due=ALL")).containsExactly(id(yesterday), id(dawn), id(night), id(tomorrow));
        JsonNode counts = api.as(seller).get("/work-list/counts").body();
        assertThat(counts.get("today").asInt()).isEqualTo(3);
        assertThat(counts.get("overdue").asInt()).isEqualTo(1);
        assertThat(counts.get("later").asInt()).isEqualTo(1);
        assertThat(counts.get("types").get("TASK").asInt()).isEqualTo(3);
    }

    @Test
    void what_is_put_off_comes_back_when_its_time_has_come() {
        JsonNode late = selling.openStep(seller, Selling.TASK);
        due(late, "2026-02-20T09:00:00Z");
        set(late, "snoozed_until", "2026-03-02T09:00:01Z");
        JsonNode back = selling.openStep(seller, Selling.TASK);
        set(back, "snoozed_until", "2026-03-02T09:00:00Z");

        assertThat(ids("")).containsExactly(id(back));
        assertThat(ids("?due=OVERDUE")).isEmpty();
        assertThat(ids("?due=LATER")).containsExactly(id(late));
        assertThat(ids("?snoozed=true")).containsExactly(id(late));
        assertThat(ids("?due=ALL&snoozed=false")).containsExactly(id(back));
    }

    @Test
    void of_what_is_due_together_the_highest_score_comes_first() {
        String sequence = selling.sequence(Selling.TASK);
        CrmRecord low = selling.lead(seller, Map.of("score", BigDecimal.valueOf(5)));
        CrmRecord none = selling.lead(seller);
        CrmRecord high = selling.lead(seller, Map.of("score", BigDecimal.valueOf(40)));
        selling.connect(sequence, low, none, high);
        CrmRecord early = selling.lead(seller);
        selling.connect(sequence, early);
        due(selling.of(seller, early, "ALL").get(0), "2026-03-02T08:00:00Z");

        List<String> records = new ArrayList<>();
        api.as(seller)
                .get("/work-list")
                .body()
                .get("items")
                .forEach(item -> records.add(item.get("record").get("id").asText()));

        assertThat(records)
                .containsExactly(
                        early.id().toString(),
                        high.id().toString(),
                        low.id().toString(),
                        none.id().toString());
    }

    @Test
    void pages_are_stable_and_complete_though_everything_is_due_at_once() {
        String sequence = selling.sequence(Selling.TASK);
        CrmRecord[] leads = new CrmRecord[23];
        for (int i = 0; i < leads.length; i++) {
            leads[i] = selling.lead(seller);
        }
        selling.connect(sequence, leads);

        List<String> seen = new ArrayList<>();
        for (int page = 0; page < 5; page++) {
            seen.addAll(ids("?size=5&page=" + page));
        }

        assertThat(seen).hasSize(23).doesNotHaveDuplicates().isEqualTo(ids("?size=500"));
        Answer last = api.as(seller).get("/work-list?size=5&page=4");
        assertThat(last.body().get("items")).hasSize(3);
        assertThat(last.body().get("total").asInt()).isEqualTo(23);
        assertThat(ids("?size=5&page=5")).isEmpty();
        assertThat(new HashSet<>(ids("?sort=record,desc"))).hasSize(23);
    }

    @Test
    void the_list_narrows_by_type_sequence_and_kind_of_record() {
        JsonNode task = selling.openStep(seller, Selling.TASK);
        JsonNode call = selling.openStep(seller, Selling.CALL);

        assertThat(ids("?type=PHONE_CALL")).containsExactly(id(call));
        assertThat(ids("?sequence=" + task.get("sequence").asText())).containsExactly(id(task));
        assertThat(ids("?recordType=LEAD")).hasSize(2);
        assertThat(ids("?recordType=CONTACT")).isEmpty();
        assertThat(api.as(testUsers.seller(seller.unit()))
                        .get("/work-list?due=ALL")
                        .body()
                        .get("total")
                        .asInt())
                .isZero();
    }

    @Test
    void what_is_wrong_with_the_question_is_said() {
        for (String query : List.of("?due=SOON", "?type=FAX", "?sequence=x", "?sort=colour", "?size=0", "?page=-1")) {
            Answer answer = api.as(seller).get("/work-list" + query);
            assertThat(answer.status()).as(query + " " + answer).isEqualTo(400);
            assertThat(answer.detail()).as(query).isNotBlank();
        }
    }
}
