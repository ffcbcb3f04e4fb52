package io.upnext.messaging.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.testing.Api;
import io.upnext.testing.FakeDns;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import io.upnext.testing.UpnextTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is said about a sending domain, by what the DNS says. */
@UpnextTest
class DomainCheckTest {

    @Autowired
    private Api api;

    @Autowired
    private TestUsers users;

    @Autowired
    private FakeDns dns;

    private final String domain = TestUsers.next("checked") + ".example";
    private Person administrator;

    @BeforeEach
    void anAdministrator() {
        administrator = users.administrator();
    }

    private JsonNode check() {
        return api.as(administrator)
                .post("/dns-check", Map.of("domain", domain))
                .body();
    }

    private void is(String what, String state, String... words) {
        JsonNode finding = check().path(what);
        assertThat(finding.path("state").asText()).as(finding.toString()).isEqualTo(state);
        assertThat(finding.path("message").asText()).contains(words);
    }

    private String spf(String record) {
        dns.txt(domain, record);
        return check().path("spf").path("state").asText();
    }

    @Test
    void aNameLongerThanAnyDomainIsRefused() {
        Map<String, String> endless = Map.of("domain", "a.".repeat(5_000) + "example", "selector", "s");

        assertThat(api.as(administrator).post("/dns-check", endless).status()).isEqualTo(400);
        assertThat(api.as(administrator).post("/dkim-keys", endless).status()).isEqualTo(400);
    }

    @Test
    void aDomainWithoutAnythingIsToldWhatToPublish() {
        JsonNode report = check();

        assertThat(report.path("ok").asBoolean()).isFalse();
        for (String what : new String[] {"spf", "dkim", "dmarc", "mx"}) {
            assertThat(report.path(what).path("state").asText()).isEqualTo("MISSING");
        }
        assertThat(report.at("/dmarc/publish/name").asText()).isEqualTo("_dmarc." + domain);
    }

    @Test
    void aDomainThatIsSetUpWellIsOk() {
        var key = api.as(administrator)
                .post("/dkim-keys", Map.of("domain", domain))
                .body();
        api.as(administrator).put("/dkim-keys/" + key.path("id").asText(), Map.of("enabled", true));
        String value = key.at("/record/value").asText();
        dns.txt(domain, "google-site-verification=x", "v=spf1 include:_spf." + domain + " ip4:192.0.2.0/24 -all")
                .txt("_spf." + domain, "v=spf1 ip6:2001:db8::/32 ?all")
                .txt("upnext._domainkey." + domain, value.replace("p=", "p= ") + ";")
                .txt("_dmarc." + domain, "v=DMARC1; p=reject; adkim=s; rua=mailto:a@" + domain)
                .mx(domain, "mx1." + domain);

        JsonNode report = check();

        assertThat(report.path("ok").asBoolean()).as(report.toString()).isTrue();
        for (String what : new String[] {"spf", "dkim", "dmarc", "mx"}) {
            assertThat(report.path(what).path("state").asText())
                    .as(report.path(what).toString())
                    .isEqualTo("OK");
        }
        assertThat(report.at("/spf/message").asText()).contains("1 of at most 10");
        assertThat(report.at("/dmarc/message").asText()).contains("strict");
    }

    @Test
    void spfIsReadAsReceiversReadIt() {
        assertThat(spf("v=spf1 a mx ~all")).isEqualTo("OK");
        assertThat(spf("v=spf1 +all")).isEqualTo("ERROR");
        assertThat(spf("v=spf1 mx ?all")).isEqualTo("WARNING");
        assertThat(spf("v=spf1 mx")).isEqualTo("WARNING");
        assertThat(spf("v=spf1 ip4:nonsense -all")).isEqualTo("ERROR");
        assertThat(spf("v=spf1 include:" + domain + " -all")).isEqualTo("ERROR");
        assertThat(spf("v=spf1 include:nothing." + domain + " -all")).isEqualTo("ERROR");
        assertThat(spf("v=spf10 -all")).isEqualTo("MISSING");
        dns.txt(domain, "v=spf1 -all", "v=spf1 mx -all");
        is("spf", "ERROR", "several");
    }

    @Test
    void spfThatAsksTooOftenIsGivenUp() {
        for (int i = 0; i < 5; i++) {
            dns.txt("s" + i + "." + domain, "v=spf1 a mx ip4:192.0.2.1 -all");
        }
        String five = "include:s0.$ include:s1.$ include:s2.$ ".replace("$", domain);

        assertThat(spf("v=spf1 " + five + "mx -all")).isEqualTo("OK");
        dns.txt(domain, "v=spf1 " + five + "mx a -all");
        is("spf", "ERROR", "more than 10 lookups");
    }

    @Test
    void aRecordWithAnotherKeyIsAnError() {
        var key = api.as(administrator)
                .post("/dkim-keys", Map.of("domain", domain))
                .body();
        String name = "upnext._domainkey." + domain;
        dns.txt(name, key.at("/record/value").asText());
        is("dkim", "WARNING", "not enabled");
        dns.txt(name, "v=DKIM1; p=MIIBother");
        is("dkim", "ERROR", "another key");
        dns.txt(name, "v=DKIM1; p=");
        is("dkim", "ERROR", "revoked");
        dns.txt(name, "hello");
        is("dkim", "ERROR", "no DKIM record");
    }

    @Test
    void dmarcIsReadFromTheDomainAboveToo() {
        String above = domain;
        String name = "_dmarc." + above;
        dns.txt(name, "v=DMARC1; p=none");
        is("dmarc", "WARNING", "p=none");
        dns.txt(name, "v=DMARC1; p=quarantine; sp=reject");
        JsonNode below = api.as(administrator)
                .post("/dns-check", Map.of("domain", "mail." + above))
                .body();
        assertThat(below.at("/dmarc/state").asText()).isEqualTo("OK");
        assertThat(below.at("/dmarc/message").asText()).contains("reject");
        dns.txt(name, "v=DMARC1; p=perhaps");
        is("dmarc", "ERROR", "malformed");
        dns.txt(name, "v=DMARC1; p=reject", "v=DMARC1; p=none");
        is("dmarc", "ERROR", "several");
    }

    @Test
    void aDomainThatTakesNoMailGetsNoAnswers() {
        dns.mx(domain, "");

        is("mx", "ERROR", "takes no mail");
    }

    @Test
    void aSilentDnsIsSaidToBeOne() {
        dns.silent(domain).txt("_dmarc." + domain, "v=DMARC1; p=reject");

        is("spf", "ERROR", "no answer");
        is("dmarc", "OK", "reject");
    }

    @Test
    void onlyAdministratorsCheck() {
        Person seller = users.seller();

        assertThat(api.as(seller).post("/dns-check", Map.of("domain", domain)).status())
                .isEqualTo(403);
        assertThat(api.as(administrator)
                        .post("/dns-check", Map.of("domain", "nothing"))
                        .status())
                .isEqualTo(400);
    }
}
