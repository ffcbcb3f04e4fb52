package io.upnext.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upnext.UpnextApplication;
import io.upnext.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The whole start against a database of its own: without a setting it ends with one sentence. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedStartTest {

    @ParameterizedTest
    @CsvSource({
        "'', long enough to pass, UPNEXT_ADMIN_USERNAME is missing",
        "first admin!, long enough to pass, UPNEXT_ADMIN_USERNAME is no user name",
        "admin, '', UPNEXT_ADMIN_PASSWORD is missing",
        "admin, short, UPNEXT_ADMIN_PASSWORD is too weak: it needs at least 12 characters",
        "administrator, administrator, UPNEXT_ADMIN_PASSWORD is too weak: it must differ from the user name"
    })
    void theFirstAdministratorIsChecked(String username, String password, String sentence) {
        assertThatThrownBy(() -> FirstAdministrator.check(username, password))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void withoutAKeyTheStartEndsWithOneSentence(CapturedOutput output) {
        assertThatThrownBy(() -> start("--upnext.base-url=https://upnext.example.com"))
                .isInstanceOf(StartRefusedException.class);

        assertThat(output).contains("UPNEXT_SECRET_KEY is missing").doesNotContain("\tat ");
    }

    @Test
    void withoutAnAdministratorTheFirstStartEndsWithOneSentence(CapturedOutput output) {
        assertThatThrownBy(() -> start(
                        "--upnext.base-url=https://upnext.example.com",
                        "--upnext.secret-key=5W4v9nQ0sV1hJm2xk7uYtR8cLzPfGdAeB6iKoTnUy3E="))
                .isInstanceOf(StartRefusedException.class);

        assertThat(output).contains("UPNEXT_ADMIN_USERNAME is missing").doesNotContain("\tat ");
    }

    private static void start(String... settings) {
        var arguments = java.util.Arrays.copyOf(settings, settings.length + 3);
        arguments[settings.length] = "--spring.datasource.url=" + TestDatabase.create();
        arguments[settings.length + 1] = "--server.port=0";
        arguments[settings.length + 2] = "--spring.jmx.enabled=false";
        new SpringApplicationBuilder(UpnextApplication.class).run(arguments).close();
    }
}
