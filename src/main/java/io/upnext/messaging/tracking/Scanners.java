package io.upnext.messaging.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/** Programs that open mails and follow links by themselves; kept short, what they say about themselves in lower case. */
final class Scanners {

    /** Security gateways, link checkers and libraries: never a person. */
    private static final Set<String> NEVER_HUMAN = Set.of(
            "bot",
            "crawler",
            "spider",
            "barracuda",
            "mimecast",
            "proofpoint",
            "symantec",
            "messagelabs",
            "forcepoint",
            "safelinks",
            "bingpreview",
            "urlscan",
            "virustotal",
            "python-requests",
            "curl/",
            "wget/",
            "java/",
            "go-http-client",
            "okhttp",
            "apache-httpclient",
            "headlesschrome",
            "libwww-perl",
            "facebookexternalhit",
            "slackbot");

    /** Proxies that load pictures for people, and sometimes before anybody looks. */
    private static final Set<String> PREFETCHING =
            Set.of("googleimageproxy", "yahoomailproxy", "ggpht", "outlook-proxy");

    private static final Duration TOO_FAST = Duration.ofSeconds(2);

    private Scanners() {}

    /**
     * @param userAgent may be null: browsers always send one
     * @param sentAt when the mail left, or null where that is not known
     */
    static boolean human(String method, String userAgent, Instant sentAt, Instant now) {
        if (!method.equals("GET") || userAgent == null || userAgent.isBlank()) {
            return false;
        }
        String agent = userAgent.toLowerCase(Locale.ROOT);
        if (NEVER_HUMAN.stream().anyMatch(agent::contains)) {
            return false;
        }
        boolean atOnce = sentAt == null || now.isBefore(sentAt.plus(TOO_FAST));
        return !(atOnce && PREFETCHING.stream().anyMatch(agent::contains));
    }
}
