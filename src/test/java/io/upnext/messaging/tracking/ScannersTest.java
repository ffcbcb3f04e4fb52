package io.upnext.messaging.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.messaging.tracking.Tracking.Visitor;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScannersTest {

    private static final Instant SENT = Instant.parse("2026-03-03T09:00:00Z");
    private static final String FIREFOX =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private static boolean human(String method, String agent, boolean prefetch, Duration after) {
        return Scanners.human(new Visitor(method, agent, prefetch), SENT, SENT.plus(after), Duration.ofSeconds(3));
    }

    private static boolean human(String agent) {
        return human("GET", agent, false, Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FIREFOX,
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
                "Mozilla/5.0 (Linux; Android 13; CUBOT X50) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0 Mobile Safari/537.36",
                "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
                "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0"
            })
    void browsersAndMailProgramsArePeople(String agent) {
        assertThat(human(agent)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Mozilla/5.0",
                "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
                "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html",
                "Barracuda Sentinel (EE)",
                "Mimecast-URL-Protect/1.0",
                "Mozilla/5.0 (compatible; Proofpoint URL Defense)",
                "Mozilla/5.0 (SafeLinks)",
                "Microsoft Office Existence Discovery",
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/138.0 Safari/537.36",
                "python-requests/2.32",
                "curl/8.5.0",
                "Java-http-client/17.0.1"
            })
    void scannersAndPrefetchersAreNot(String agent) {
        assertThat(human(agent)).isFalse();
    }

    @Test
    void nobodyReadsWithoutAProgramsNameByHeadAheadOrBeforeTheMailIsThere() {
        assertThat(human(null)).isFalse();
        assertThat(human("HEAD", FIREFOX, false, Duration.ofMinutes(5))).isFalse();
        assertThat(human("GET", FIREFOX, true, Duration.ofMinutes(5))).isFalse();
        assertThat(human("GET", FIREFOX, false, Duration.ofSeconds(2))).isFalse();
        assertThat(human("GET", FIREFOX, false, Duration.ofSeconds(3))).isTrue();
        assertThat(Scanners.human(new Visitor("GET", FIREFOX, false), null, SENT, Duration.ZERO))
                .isFalse();
    }
}
