package io.upnext.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.testing.Api;
import io.upnext.testing.UpnextTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@UpnextTest
class ShellTest {

    @Autowired
    Api api;

    @Test
    void theLogInPageSpeaksTheBrowsersLanguage() {
        var page = api.anonymous()
                .with("Accept-Language", "de-DE,de;q=0.9,en;q=0.8")
                .get("//login");

        assertThat(page.status()).as(page.text()).isEqualTo(200);
        assertThat(page.text()).contains("Benutzername", "name=\"username\"", "name=\"_csrf\"", "lang=\"de\"");
        assertThat(page.header("Content-Security-Policy")).contains("script-src 'self'", "frame-ancestors 'none'");
    }

    @Test
    void theFilesThePagesNeedAreServed() {
        for (var file : new String[] {
            "//css/upnext.css",
            "//js/upnext.js",
            "//favicon.svg",
            "//webjars/bootstrap/dist/css/bootstrap.min.css",
            "//webjars/bootstrap/dist/js/bootstrap.bundle.min.js",
            "//webjars/bootstrap-icons/font/bootstrap-icons.min.css",
            "//webjars/htmx.org/dist/htmx.min.js"
        }) {
            assertThat(api.anonymous().get(file).status()).as(file).isEqualTo(200);
        }
    }
}
