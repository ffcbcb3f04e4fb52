package io.upnext.security;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** The address people reach this installation at; the start of every link that leaves in a mail. */
@Component
public class BaseUrl {

    private final Installation installation;
    private final Environment environment;

    BaseUrl(Installation installation, Environment environment) {
        this.installation = installation;
        this.environment = environment;
    }

    /** An absolute link. @param path begins with a slash */
    public String link(String path) {
        return base() + path;
    }

    /** Without a slash at the end. In the demo the local port, known once the server listens. */
    public String base() {
        var configured = installation.baseUrl();
        if (StringUtils.hasText(configured)) {
            return StringUtils.trimTrailingCharacter(configured.strip(), '/');
        }
        var port = environment.getProperty("local.server.port", environment.getProperty("server.port", "8080"));
        return "http://localhost:" + port;
    }
}
