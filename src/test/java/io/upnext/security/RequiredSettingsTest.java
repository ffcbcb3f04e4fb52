package io.upnext.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class RequiredSettingsTest {

    private static final String KEY = "5W4v9nQ0sV1hJm2xk7uYtR8cLzPfGdAeB6iKoTnUy3E=";

    private final MockEnvironment environment = new MockEnvironment()
            .withProperty("upnext.secret-key", KEY)
            .withProperty("upnext.base-url", "https://upnext.example.com/sales");

    @Test
    void completeSettingsPass() {
        assertThatCode(() -> RequiredSettings.check(environment)).doesNotThrowAnyException();
    }

    @Test
    void theDemoNeedsNone() {
        var demo = new MockEnvironment();
        demo.setActiveProfiles("demo");

        assertThatCode(() -> RequiredSettings.check(demo)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "secret", "c2hvcnQ=", "!!!!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})
    void aMissingOrWeakKeyIsRefused(String key) {
        var incomplete = new MockEnvironment().withProperty("upnext.base-url", "https://upnext.example.com");
        if (key != null) {
            incomplete.setProperty("upnext.secret-key", key);
        }

        assertThatThrownBy(() -> RequiredSettings.check(incomplete))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageStartingWith("UPNEXT_SECRET_KEY is ");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "upnext.example.com", "/upnext", "ftp://upnext.example.com", "https://", "https://x?y=1"})
    void aMissingOrRelativeAddressIsRefused(String url) {
        var incomplete = new MockEnvironment().withProperty("upnext.secret-key", KEY);
        if (url != null) {
            incomplete.setProperty("upnext.base-url", url);
        }

        assertThatThrownBy(() -> RequiredSettings.check(incomplete))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageStartingWith("UPNEXT_BASE_URL is ");
    }

    @Test
    void secretsAreBoundToTheirPurpose() {
        var secrets = new Secrets(new Installation(KEY, null, null, null));
        var encrypted = secrets.encrypt("mailbox", "geheim é");

        org.assertj.core.api.Assertions.assertThat(secrets.decrypt("mailbox", encrypted))
                .isEqualTo("geheim é");
        assertThatThrownBy(() -> secrets.decrypt("other", encrypted)).isInstanceOf(IllegalArgumentException.class);
        var other = new Secrets(new Installation(
                Base64.getEncoder().encodeToString("0123456789abcdef0123456789ABCDEF".getBytes()), null, null, null));
        assertThatThrownBy(() -> other.decrypt("mailbox", encrypted)).isInstanceOf(IllegalArgumentException.class);
        var signature = secrets.sign("token", new byte[] {1, 2});
        org.assertj.core.api.Assertions.assertThat(secrets.verify("token", new byte[] {1, 2}, signature))
                .isTrue();
        org.assertj.core.api.Assertions.assertThat(secrets.verify("other", new byte[] {1, 2}, signature))
                .isFalse();
    }
}
