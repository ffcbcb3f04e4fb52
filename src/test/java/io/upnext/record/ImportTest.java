package io.upnext.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.operation.Workers;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.Api.Caller;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@UpnextTest
class ImportTest {

    private static final String MAPPING =
            "{\"Name\": \"lastName\", \"Email\": \"email\", \"City\": \"city\", \"Score\": \"score\"}";

    private final Api api;
    private final TestUsers people;
    private final Workers workers;
    private final JdbcClient jdbc;
    private Person manager;
    private Caller caller;
    private String domain;

    ImportTest(
            @Autowired Api api, @Autowired TestUsers people, @Autowired Workers workers, @Autowired JdbcClient jdbc) {
        this.api = api;
        this.people = people;
        this.workers = workers;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void somebodyImports() {
        manager = people.administrator();
        caller = api.as(manager);
        domain = TestUsers.next("d").toLowerCase() + ".example";
    }

    @Test
    void rows_are_created_updated_skipped_and_rejected() {
        run("Name,Email,City,Score\nAda,ada@%1$s,London,1\nBob,bob@%1$s,Berlin,2\n", MAPPING, "email");

        JsonNode counts = run(
                "Name,Email,City,Score\n"
                        + "Ada,ADA@%1$s,,1\n" // nothing new: an empty cell leaves the value
                        + "Robert,bob@%1$s,Berlin,2.0\n" // another name
                        + "Cem,cem@%1$s,Köln,3\n"
                        + "Dan,no address,Köln,3\n"
                        + "Eve,eve@%1$s,Köln,many\n"
                        + ",,Köln,3\n"
                        + "too,few\n"
                        + "Cem,cem@%1$s,Köln,3\n" // again within the file
                        + "Cem,cem@%1$s,Bonn,3\n",
                MAPPING, "email");

        assertThat(counts).isEqualTo(counts(1, 2, 2, 4));
        assertThat(lead("bob").path("name").asText()).isEqualTo("Robert");
        assertThat(lead("ada").path("fields").path("city").asText()).isEqualTo("London");
        assertThat(lead("ada").path("fields").path("email").asText()).isEqualTo("ada@" + domain);
        assertThat(lead("cem").path("fields").path("city").asText()).isEqualTo("Bonn");
    }

    @Test
    void a_dry_run_counts_the_same_and_changes_nothing() {
        run("Name,Email,City,Score\nAda,ada@%1$s,London,1\n", MAPPING, "email");
        StringBuilder file = new StringBuilder("Name,Email,City,Score,Stage\n");
        // More rows than one transaction takes, with keys that come again later
        for (int i = 0; i < 1300; i++) {
            file.append("N,n")
                    .append(i % 600)
                    .append("@%1$s,C")
                    .append(i / 900)
                    .append(",1,Stage ")
                    .append(i % 3)
                    .append('\n');
        }
        file.append("Ada,ada@%1$s,Paris,1,Stage 1\nAda,ada@%1$s,Paris,1,stage 1\nX,nonsense,,,\n");
        String field = "f" + System.nanoTime();
        String mapping = MAPPING.replace(
                "}", ", \"Stage\": {\"field\": \"" + field + "\", \"create\": true, \"kind\": \"OPTION_SET\"}}");

        JsonNode dry = run(file.toString(), mapping, "email", Map.of("dryRun", "true"));

        assertThat(lead("ada").path("fields").path("city").asText()).isEqualTo("London");
        assertThat(total()).isEqualTo(1);
        assertThat(caller.get("/fields/leads?size=500").text()).doesNotContain(field);
        JsonNode real = run(file.toString(), mapping, "email");
        assertThat(dry).isEqualTo(real);
        assertThat(real.path("created").asInt()).isEqualTo(600);
        assertThat(real.path("rejected").asInt()).isEqualTo(1);
        assertThat(total()).isEqualTo(601);
        assertThat(jdbc.sql("select count(*) from import_row").query(Long.class).single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from import_draft")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void the_mapping_may_translate_values_and_make_fields_and_options() {
        String tags = "tags" + System.nanoTime();
        String mapping = "{\"Email\": \"email\", \"Do Not Email\": \"doNotEmail\","
                + "\"Converted\": {\"field\": \"state\", \"values\": {\"1\": \"QUALIFIED\", \"0\": \"NEW\"}},"
                + "\"Source\": {\"field\": \"leadSource\", \"create\": true},"
                + "\"Owner\": \"owner\","
                + "\"Tags\": {\"field\": \"" + tags + "\", \"create\": true}}";
        Person seller = people.seller();

        JsonNode counts = run(
                "Email,Do Not Email,Converted,Source,Owner,Tags\n"
                        + "a@%1$s,Yes,1,Olark Chat,SELLER,Ringing\n".replace("SELLER", seller.username())
                        + "b@%1$s,no,0,olark chat,,\n"
                        + "c@%1$s,0,new,word of MOUTH,,x\n"
                        + "d@%1$s,maybe,0,Web,,\n"
                        + "e@%1$s,1,2,Web,,\n"
                        + "f@%1$s,1,0,Web,nobody-known,\n",
                mapping,
                "email");

        assertThat(counts).isEqualTo(counts(3, 0, 0, 3));
        JsonNode a = lead("a@");
        assertThat(a.path("state").asText()).isEqualTo("QUALIFIED");
        assertThat(a.path("owner").asText()).isEqualTo(seller.id().toString());
        assertThat(a.path("fields").path("doNotEmail").asBoolean()).isTrue();
        assertThat(a.path("fields").path("leadSource").asText()).isEqualTo("OLARK_CHAT");
        assertThat(a.path("fields").path(tags).asText()).isEqualTo("Ringing");
        assertThat(lead("b@").path("fields").path("leadSource").asText()).isEqualTo("OLARK_CHAT");
        assertThat(lead("c@").path("fields").path("leadSource").asText()).isEqualTo("WORD_OF_MOUTH");
    }

    @Test
    void rejected_rows_can_be_fetched_with_their_reason() {
        String operation = start("Name,Email,City,Score\n=cmd,nobody,K,1\n", MAPPING, "email", Map.of())
                .body()
                .path("operation")
                .asText();
        workers.drain();

        String rejected =
                caller.get("/operations/" + operation + "/rejected.csv").text();

        assertThat(rejected)
                .contains("Name,Email,City,Score,reason")
                .contains("nobody")
                .contains("'=cmd")
                .contains("'email' is no mail address");
    }

    @ParameterizedTest
    @CsvSource({"UTF-8,','", "windows-1252,;", "UTF-16LE,;", "UTF-16BE,','"})
    void spreadsheets_of_any_kind_are_read(String encoding, char separator) {
        String mark = encoding.startsWith("UTF") ? "\uFEFF" : "";
        String text = (mark + "Name,Email,City,Score\r\n\"Müller, \"\"M\"\"\",m@" + domain
                + ",\"Köln\r\nNord\",1\r\n\r\n,,,\r\n");
        String separated = separator == ',' ? text : text.replace(",", ";");

        Answer answer = caller.upload(
                "/records/leads/import",
                "f.csv",
                separated.getBytes(Charset.forName(encoding)),
                form(MAPPING, "email", Map.of()));

        JsonNode counts = done(answer);
        assertThat(counts).isEqualTo(counts(1, 0, 0, 0));
        assertThat(lead("m@").path("name").asText()).startsWith("Müller").endsWith("\"M\"");
        assertThat(lead("m@").path("fields").path("city").asText())
                .contains("Köln")
                .contains("Nord");
    }

    @Test
    void an_import_is_stamped_so_that_one_can_filter_by_it() {
        String name = TestUsers.next("Import");
        run("Name,Email,City,Score\nAda,ada@%1$s,London,1\n", MAPPING, "email", Map.of("importName", name));

        JsonNode found = caller.get(
                        "/records/leads?filter=%7B%22field%22:%22importName%22,%22op%22:%22EQUALS%22,%22value%22:%22"
                                + name + "%22%7D")
                .body();

        assertThat(found.path("total").asInt()).isEqualTo(1);
    }

    @Test
    void accounts_are_found_by_name_or_id() {
        String account = TestUsers.next("Acme");
        String id = caller.post("/records/accounts", Map.of("fields", Map.of("name", account)))
                .body()
                .path("id")
                .asText();
        String mapping =
                "{\"Deal\": \"name\", \"Account\": \"account\", \"Close\": \"estimatedCloseDate\", \"Value\": \"estimatedValue\"}";
        String file = "Deal,Account,Close,Value\nOne %1$s," + account.toUpperCase() + ",3/31/2017,10\nTwo %1$s," + id
                + ",2017-01-02,\nThree %1$s,Unknown,31.12.2017,5\nFour %1$s,,13/13/2017,5\n";

        JsonNode strict = run("opportunities", file, mapping, "name", Map.of());
        JsonNode lenient = run(
                "opportunities",
                file,
                mapping.replace(
                        "\"Account\": \"account\"", "\"Account\": {\"field\": \"account\", \"optional\": true}"),
                "name",
                Map.of());

        assertThat(strict).isEqualTo(counts(2, 0, 0, 2));
        assertThat(lenient).isEqualTo(counts(1, 0, 2, 1));
        JsonNode one = caller.get("/records/opportunities?q=one+" + domain)
                .body()
                .path("items")
                .get(0);
        assertThat(one.path("fields").path("account").asText()).isEqualTo(id);
        assertThat(one.path("fields").path("estimatedCloseDate").asText()).isEqualTo("2017-03-31");
    }

    @Test
    void a_key_that_several_records_have_changes_none_of_them() {
        for (int i = 0; i < 2; i++) {
            caller.post("/records/leads", Map.of("fields", Map.of("lastName", "Twin", "email", "twin@" + domain)));
        }

        assertThat(run("Name,Email,City,Score\nX,twin@%1$s,London,1\n", MAPPING, "email"))
                .isEqualTo(counts(0, 0, 0, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"Nome\": \"lastName\"} | email | no column 'Nome'",
                "{\"Name\": \"nothing\"} | | no field",
                "{\"Name\": \"lastName\"} | email | not mapped",
                "{\"Name\": \"state\"} | state | cannot be the key",
                "{\"Name\": \"lastName\", \"City\": \"lastName\"} | | Two columns",
                "{\"Name\": {\"field\": \"x.y\", \"create\": true}} | | letters",
                "{\"Name\": {\"field\": \"city\", \"kind\": \"NUMBER\", \"create\": true}} | | already",
                "{\"Name\": {\"field\": \"city\", \"kin\": \"TEXT\"}} | | unknown key",
                "{\"Name\": {\"field\": \"city\", \"values\": []}} | | no object",
                "{\"Name\": {\"field\": \"city\", \"create\": \"yes\"}} | | neither true nor false",
                "{\"Name\": 5} | | needs the name",
                "{} | | maps no column",
                "[] | | is an object",
                "nonsense | | no valid JSON",
            })
    void a_wrong_mapping_is_refused_before_anything_runs(String mapping, String key, String sentence) {
        Answer answer = start("Name,Email,City,Score\nA,a@%1$s,B,1\n", mapping, key == null ? "" : key, Map.of());

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.detail()).contains(sentence);
        assertThat(total()).isZero();
    }

    @Test
    void what_is_no_form_or_no_file_is_a_400() {
        assertThat(start("", MAPPING, "email", Map.of()).status()).isEqualTo(400);
        assertThat(start("Name\n", "{\"Name\":\"lastName\"}", "", Map.of("dryRun", "perhaps"))
                        .status())
                .isEqualTo(400);
        assertThat(caller.upload("/records/leads/import", "f.csv", new byte[] {1}, Map.of())
                        .status())
                .isEqualTo(400);
        assertThat(caller.upload("/records/people/import", "f.csv", new byte[] {1}, Map.of("mapping", "{}"))
                        .status())
                .isEqualTo(404);
        assertThat(caller.post("/records/leads/import", "{}").status()).isEqualTo(415);
        assertThat(api.as(people.seller())
                        .upload(
                                "/records/leads/import",
                                "f.csv",
                                "Name\nx".getBytes(StandardCharsets.UTF_8),
                                form("{\"Name\":\"lastName\"}", "", Map.of()))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void garbage_is_rejected_row_by_row() {
        byte[] bytes = new byte[5000];
        new java.util.Random(7).nextBytes(bytes);
        byte[] head = "Name,Email,City,Score\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[head.length + bytes.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(bytes, 0, all, head.length, bytes.length);

        Answer answer =
                caller.upload("/records/leads/import", "f.csv", all, form(MAPPING, "email", Map.of("dryRun", "true")));

        assertThat(answer.status()).isIn(202, 400);
        workers.drain();
    }

    /** The figures of the sample file of leads; skipped where it is absent. */
    @Test
    void the_leads_of_the_sample_file_are_created_once() throws IOException {
        Path file = Path.of("../shared/data/leads.csv");
        assumeTrue(Files.isReadable(file));
        String mapping =
                "{\"First Name\":\"firstName\",\"Last Name\":\"lastName\",\"Email\":\"email\",\"Time Zone\":\"timeZone\","
                        + "\"Do Not Email\":\"doNotEmail\",\"Converted\":{\"field\":\"state\",\"values\":{\"1\":\"QUALIFIED\",\"0\":\"NEW\"}},"
                        + "\"Lead Source\":{\"field\":\"leadSource\",\"create\":true},\"City\":\"city\",\"Country\":\"country\","
                        + "\"What is your current occupation\":{\"field\":\"occupation\",\"create\":true},"
                        + "\"Total Time Spent on Website\":\"score\"}";
        Map<String, String> form = form(mapping, "email", Map.of());

        JsonNode dry = done(caller.upload(
                "/records/leads/import",
                "leads.csv",
                Files.readAllBytes(file),
                form(mapping, "email", Map.of("dryRun", "true"))));
        JsonNode first = done(caller.upload("/records/leads/import", "leads.csv", Files.readAllBytes(file), form));
        JsonNode second = done(caller.upload("/records/leads/import", "leads.csv", Files.readAllBytes(file), form));

        assertThat(dry).isEqualTo(counts(9240, 0, 0, 0));
        assertThat(first).isEqualTo(counts(9240, 0, 0, 0));
        assertThat(second).isEqualTo(counts(0, 0, 9240, 0));
    }

    private JsonNode run(String file, String mapping, String key) {
        return run(file, mapping, key, Map.of());
    }

    private JsonNode run(String file, String mapping, String key, Map<String, String> more) {
        return run("leads", file, mapping, key, more);
    }

    private JsonNode run(String type, String file, String mapping, String key, Map<String, String> more) {
        return done(caller.upload(
                "/records/" + type + "/import",
                "file.csv",
                file.formatted(domain).getBytes(StandardCharsets.UTF_8),
                form(mapping, key, more)));
    }

    private Answer start(String file, String mapping, String key, Map<String, String> more) {
        return caller.upload(
                "/records/leads/import",
                "file.csv",
                file.formatted(domain).getBytes(StandardCharsets.UTF_8),
                form(mapping, key, more));
    }

    private JsonNode done(Answer started) {
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        workers.drain();
        JsonNode operation = caller.get(
                        "/operations/" + started.body().path("operation").asText())
                .body();
        assertThat(operation.path("state").asText()).isEqualTo("DONE");
        return operation.path("counts");
    }

    private static Map<String, String> form(String mapping, String key, Map<String, String> more) {
        Map<String, String> form = new HashMap<>(more);
        form.put("mapping", mapping);
        form.put("key", key);
        return form;
    }

    private static JsonNode counts(int created, int updated, int skipped, int rejected) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("created", created);
        counts.put("updated", updated);
        counts.put("skipped", skipped);
        counts.put("rejected", rejected);
        return new com.fasterxml.jackson.databind.ObjectMapper().valueToTree(counts);
    }

    private JsonNode lead(String part) {
        return caller.get("/records/leads?q=" + (part.endsWith("@") ? part : part + "@") + domain)
                .body()
                .path("items")
                .get(0);
    }

    private int total() {
        return caller.get("/records/leads?q=" + domain).body().path("total").asInt();
    }
}
