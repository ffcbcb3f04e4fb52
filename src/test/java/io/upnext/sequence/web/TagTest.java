package io.upnext.sequence.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.testing.Api;
import io.upnext.testing.Api.Caller;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@UpnextTest
class TagTest {

    @Autowired
    Api api;

    @Autowired
    TestUsers users;

    Caller call;
    String top;

    @BeforeEach
    void aManager() {
        call = api.as(users.manager());
        top = TestUsers.next("top");
    }

    @Test
    void tags_of_a_definition_become_known_with_their_parents() {
        tagged(top + "/emea/north");

        assertThat(paths()).containsSubsequence(top, top + "/emea", top + "/emea/north");
    }

    @Test
    void a_tag_has_at_most_four_levels_and_no_slash_in_its_name() {
        assertThat(create(top, null)).isEqualTo(201);
        assertThat(create(top, null)).isEqualTo(409);
        assertThat(create("b", top)).isEqualTo(201);
        assertThat(create("c", top + "/b")).isEqualTo(201);
        assertThat(create("d", top + "/b/c")).isEqualTo(201);
        assertThat(create("e", top + "/b/c/d")).isEqualTo(400);
        assertThat(create("x/y", null)).isEqualTo(400);
        assertThat(create(" ", null)).isEqualTo(400);
        assertThat(create("x", "nowhere")).isEqualTo(400);
    }

    @Test
    void a_tag_moves_with_what_is_below_and_tagged_as_far_as_there_is_room() {
        String sequence = tagged(top + "/emea/north");
        create(top + "-b", null);
        create("deep", top + "-b");
        create("deeper", top + "-b/deep");

        assertThat(moved(top + "/emea", top + "-b")).isEqualTo(200);
        assertThat(call.get("/sequences/" + sequence).body().get("tags").get(0).asText())
                .isEqualTo(top + "-b/emea/north");
        assertThat(moved(top + "-b/emea", top + "-b/deep/deeper")).isEqualTo(400);
        assertThat(moved(top + "-b", top + "-b/deep")).isEqualTo(400);
        assertThat(moved(top + "-b/emea", "nowhere")).isEqualTo(400);
        assertThat(moved(top + "-b/emea/north", "")).isEqualTo(200);
        assertThat(paths()).contains("north");
        assertThat(call.put("/tags/" + id("north"), Map.of()).status()).isEqualTo(400);
        call.delete("/tags/" + id("north"));
    }

    private int moved(String path, String parent) {
        return call.put("/tags/" + id(path), Map.of("parent", parent)).status();
    }

    @Test
    void the_page_makes_moves_and_deletes_tags() {
        var browser = api.visit(users.manager());
        browser.post("/tags", "name", top, "parent", "");
        browser.post("/tags", "name", "below", "parent", id(top));

        assertThat(browser.get("/tags").text()).contains(top, "tag-level-2");
        assertThat(browser.post("/tags?lang=de", "name", top, "parent", "").text())
                .contains("gibt es schon; wählen Sie einen anderen Namen.");
        browser.post("/tags/" + id(top + "/below"), "name", top + "-x", "parent", "");
        browser.post("/tags/" + id(top) + "/delete");
        assertThat(paths()).contains(top + "-x").doesNotContain(top);
        assertThat(api.visit(users.seller()).get("/tags").text())
                .contains(top + "-x")
                .doesNotContain("tag-new");
    }

    @Test
    void renaming_carries_on_to_what_is_below_and_what_is_tagged() {
        String sequence = tagged(top + "/emea/north");

        assertThat(call.put("/tags/" + id(top + "/emea"), Map.of("name", "europe"))
                        .status())
                .isEqualTo(200);

        assertThat(paths()).contains(top + "/europe/north").doesNotContain(top + "/emea/north");
        assertThat(tags(sequence)).containsExactly(top + "/europe/north");
    }

    @Test
    void deleting_promotes_the_children_and_takes_the_tag_off() {
        String below = tagged(top + "/emea/north");
        String on = tagged(top + "/emea");

        assertThat(call.delete("/tags/" + id(top + "/emea")).status()).isEqualTo(204);

        assertThat(paths()).contains(top + "/north").doesNotContain(top + "/emea");
        assertThat(tags(below)).containsExactly(top + "/north");
        assertThat(tags(on)).isEmpty();
    }

    @Test
    void a_promoted_child_joins_a_tag_of_its_name() {
        String both = tagged(top + "/emea/north\", \"" + top + "/north");

        call.delete("/tags/" + id(top + "/emea"));

        assertThat(paths()).containsOnlyOnce(top + "/north");
        assertThat(tags(both)).containsExactly(top + "/north");
    }

    @Test
    void salespeople_apply_tags_but_do_not_change_the_tree() {
        var seller = api.as(users.seller());

        assertThat(seller.get("/tags").status()).isEqualTo(200);
        assertThat(seller.post("/tags", Map.of("name", top)).status()).isEqualTo(403);
    }

    private int create(String name, String parent) {
        return call.post("/tags", parent == null ? Map.of("name", name) : Map.of("name", name, "parent", parent))
                .status();
    }

    private String tagged(String paths) {
        return call.post("/sequences", "{\"name\": \"S\", \"tags\": [\"" + paths + "\"]}")
                .body()
                .get("id")
                .asText();
    }

    private List<String> tags(String sequence) {
        return StreamSupport.stream(
                        call.get("/sequences/" + sequence).body().get("tags").spliterator(), false)
                .map(tag -> tag.asText())
                .toList();
    }

    private List<String> paths() {
        return call.get("/tags?size=500").body().findValuesAsText("path");
    }

    private String id(String path) {
        return StreamSupport.stream(
                        call.get("/tags?size=500").body().get("items").spliterator(), false)
                .filter(tag -> tag.get("path").asText().equals(path))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asText();
    }
}
