package io.upnext.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.operation.Workers;
import io.upnext.security.Role;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import io.upnext.shared.UnitId;
import io.upnext.testing.Api;
import io.upnext.testing.TestMail;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The people and records of the sample files, brought in as somebody does who begins with the product: units of regions and
 * managers, sellers with a mailbox each, and everything else by import. Contacts are made up, one for each account and one
 * for each opportunity; so are the addresses of accounts.
 */
final class SalesOffice {

    private final Path folder;
    private final int oneOf;
    private final Api api;
    private final TestUsers users;
    private final TestMail mail;
    private final Workers workers;
    private final JdbcClient jdbc;
    private final Person importer;
    private final String unique = TestUsers.next("office").toLowerCase(Locale.ROOT);
    private final Map<String, Person> sellers = new LinkedHashMap<>();

    /** @param oneOf only one of so many records; 1 is all of them */
    SalesOffice(
            Path folder,
            int oneOf,
            Api api,
            TestUsers users,
            TestMail mail,
            Workers workers,
            JdbcClient jdbc,
            Person importer) {
        this.folder = folder;
        this.oneOf = oneOf;
        this.api = api;
        this.users = users;
        this.mail = mail;
        this.workers = workers;
        this.jdbc = jdbc;
        this.importer = importer;
    }

    /** By name, in the order of the file. */
    Map<String, Person> sellers() {
        return sellers;
    }

    void hire() {
        Map<String, UnitId> units = new HashMap<>();
        for (Map<String, String> row :
                Sheet.read(folder.resolve("sales_teams.csv")).rows()) {
            UnitId region = units.computeIfAbsent(
                    row.get("regional_office"), name -> users.unit().id());
            UnitId unit = units.computeIfAbsent(row.get("manager"), name -> {
                users.named(name, username(name), region, Role.SALES_MANAGER);
                return users.unitBelow(region).id();
            });
            String name = row.get("sales_agent");
            Person seller = users.named(name, username(name), unit, Role.SALESPERSON);
            mail.mailboxOf(seller);
            sellers.put(name, seller);
        }
    }

    private String username(String name) {
        return slug(name) + "-" + unique;
    }

    private static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    void importAll() {
        Sheet accounts = Sheet.read(folder.resolve("accounts.csv"))
                .with("Email", row -> "office@" + slug(row.get("account")) + "." + unique + ".example")
                .with("Owner", inTurn());
        Sheet deals = Sheet.read(folder.resolve("sales_pipeline.csv"))
                .oneOf(oneOf)
                .with("Name", row -> row.get("opportunity_id") + " " + row.get("product"))
                .with("Contact", row -> slug(row.get("opportunity_id")) + "@buyers." + unique + ".example");
        load("accounts", accounts, "name", """
                {"account": "name", "sector": "sector", "office_location": "country", "Email": "email", %s}""".formatted(owner("Owner")));
        load("contacts", contacts(accounts, deals), "email", """
                {"First": "firstName", "Last": "lastName", "Email": "email", "Account": "account", %s}""".formatted(owner("Owner")));
        load("opportunities", deals, "name", """
                {"Name": "name", "account": {"field": "account", "optional": true}, "Contact": "contact",
                 "close_value": "estimatedValue", "close_date": "estimatedCloseDate", %s,
                 "deal_stage": {"field": "state",
                    "values": {"Prospecting": "OPEN", "Engaging": "OPEN", "Won": "WON", "Lost": "LOST"}}}""".formatted(owner("sales_agent")));
        load(
                "leads",
                Sheet.read(folder.resolve("leads.csv")).oneOf(oneOf).with("Owner", inTurn()),
                "email",
                """
                {"First Name": "firstName", "Last Name": "lastName", "Email": "email", "Time Zone": "timeZone",
                 "Country": "country", "City": "city", "Do Not Email": "doNotEmail", "Do Not Call": "doNotPhone",
                 "Lead Source": {"field": "leadSource", "create": true},
                 "Converted": {"field": "state", "values": {"1": "QUALIFIED", "0": "NEW"}}, %s}""".formatted(owner("Owner")));
    }

    private static Sheet contacts(Sheet accounts, Sheet deals) {
        List<Map<String, String>> contacts = new ArrayList<>();
        accounts.rows()
                .forEach(row -> contacts.add(contact(
                        "Office of",
                        row.get("account"),
                        "contact-" + row.get("Email"),
                        row.get("account"),
                        row.get("Owner"))));
        deals.rows()
                .forEach(row -> contacts.add(contact(
                        "Buyer",
                        row.get("opportunity_id"),
                        row.get("Contact"),
                        row.get("account"),
                        row.get("sales_agent"))));
        return Sheet.of(contacts);
    }

    private static Map<String, String> contact(String first, String last, String email, String account, String owner) {
        Map<String, String> contact = new LinkedHashMap<>();
        contact.put("First", first);
        contact.put("Last", last);
        contact.put("Email", email);
        contact.put("Account", account);
        contact.put("Owner", owner);
        return contact;
    }

    private Function<Map<String, String>, String> inTurn() {
        List<String> names = List.copyOf(sellers.keySet());
        int[] next = new int[1];
        return row -> names.get(next[0]++ % names.size());
    }

    /** The column that holds a seller's name. */
    private String owner(String column) {
        StringBuilder values = new StringBuilder();
        sellers.forEach((name, seller) -> values.append(values.isEmpty() ? "" : ", ")
                .append("\"%s\": \"%s\"".formatted(name, seller.username())));
        return "\"%s\": {\"field\": \"owner\", \"values\": {%s}}".formatted(column, values);
    }

    private void load(String types, Sheet sheet, String key, String mapping) {
        Api.Answer started = api.as(importer)
                .upload(
                        "/records/" + types + "/import",
                        types + ".csv",
                        sheet.bytes(),
                        Map.of("mapping", mapping, "key", key, "importName", unique));
        assertThat(started.status()).as(started.toString()).isEqualTo(202);
        workers.drain();
        Api.Answer done = api.as(importer)
                .get("/operations/" + started.body().get("operation").asText());
        System.out.println("Imported " + types + ": " + done.body().get("counts"));
        assertThat(done.body().get("succeeded").asInt())
                .as(done.toString())
                .isEqualTo(sheet.rows().size());
    }

    /** Those of the type that have been imported and are in this state. */
    List<RecordId> imported(RecordType type, String state) {
        return jdbc
                .sql(
                        "select id from crm_record where type = ? and state = ? and fields ->> 'importName' = ? order by email, name, id")
                .params(type.name(), state, unique)
                .query(UUID.class)
                .list()
                .stream()
                .map(RecordId::new)
                .toList();
    }
}
