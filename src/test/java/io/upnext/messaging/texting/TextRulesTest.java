package io.upnext.messaging.texting;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.messaging.WebhookSignature;
import io.upnext.messaging.template.Segments;
import io.upnext.messaging.template.Segments.Encoding;
import io.upnext.messaging.texting.Keywords.Meaning;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers, keywords, parts and signatures: the rules that need nothing else. */
class TextRulesTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "+49 151 2345 6789, -, -, +4915123456789",
                "0151 23456789, Germany, -, +4915123456789",
                "0151 23456789, Deutschland, US, +4915123456789",
                "(212) 555-0100, -, US, +12125550100",
                "07700 900123, UK, -, +447700900123",
                "0151 23456789, Atlantis, DE, +4915123456789",
                "0151 23456789, -, -, -",
                "+49 1, -, -, -",
                "call me, DE, -, -"
            })
    void numbersAreReadAsPeopleOfTheirCountryWriteThem(
            String written, String country, String otherwise, String number) {
        assertThat(PhoneNumbers.international(written, country, otherwise).orElse(null))
                .isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, STOP",
        "' stop! ', STOP",
        "Stopall, STOP",
        "Stopp, STOP",
        "abmelden, STOP",
        "START, START",
        "please stop by on Monday, NONE",
        "'', NONE"
    })
    void aWordAloneEndsOrBeginsTexts(String text, Meaning meaning) {
        assertThat(Keywords.of(text, null)).isEqualTo(meaning);
    }

    @Test
    void whatTheGatewayMakesOfAMessageCounts() {
        assertThat(Keywords.of("Arrêt", "STOP")).isEqualTo(Meaning.STOP);
    }

    @Test
    void textsAreCutAsPhonesPutThemTogether() {
        assertThat(Segments.of("a".repeat(160))).isEqualTo(new Segments(Encoding.GSM_7, 160, 1));
        assertThat(Segments.of("a".repeat(161))).isEqualTo(new Segments(Encoding.GSM_7, 161, 2));
        assertThat(Segments.of("€".repeat(80))).isEqualTo(new Segments(Encoding.GSM_7, 160, 1));
        assertThat(Segments.of("a".repeat(152) + "€" + "a".repeat(10)).segments())
                .isEqualTo(2);
        assertThat(Segments.of("€".repeat(153)).segments()).isEqualTo(3);
        assertThat(Segments.of("日".repeat(70))).isEqualTo(new Segments(Encoding.UCS_2, 70, 1));
        assertThat(Segments.of("日".repeat(71))).isEqualTo(new Segments(Encoding.UCS_2, 71, 2));
        assertThat(Segments.of("👋".repeat(36))).isEqualTo(new Segments(Encoding.UCS_2, 72, 2));
        assertThat(Segments.of("").segments()).isZero();
    }

    /** The example of Twilio's documentation. */
    @Test
    void requestsAreSignedAsTwilioSignsThem() {
        Map<String, List<String>> form = Map.of(
                "Digits", List.of("1234"),
                "To", List.of("+18005551212"),
                "From", List.of("+14158675309"),
                "Caller", List.of("+14158675309"),
                "CallSid", List.of("CA1234567890ABCDE"));
        String url = "https://mycompany.com/myapp.php?foo=1&bar=2";

        assertThat(WebhookSignature.of(url, form, "12345")).isEqualTo("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
        assertThat(WebhookSignature.holds("RSOYDt4T1cUTdK1PDd93/VVr8B8=", url, form, "12345"))
                .isTrue();
        assertThat(WebhookSignature.holds("RSOYDt4T1cUTdK1PDd93/VVr8B8=", url, form, "12346"))
                .isFalse();
        assertThat(WebhookSignature.holds(null, url, form, "12345")).isFalse();
    }
}
