package io.upnext.messaging.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Programs that open mails and follow links by themselves, told by what they say about themselves and by haste. */
final class Scanners {

    /** A word of its own or the end of one, such as Googlebot; Cubot makes telephones. */
    private static final Pattern BOT = Pattern.compile("(?<!cu)bot\\b");

    /** Security gateways, link checkers and libraries: never a person. In lower case. */
    private static final Set<String> NEVER_HUMAN = Set.of(
            "crawler",
            "spider",
            "slurp",
            "barracuda",
            "mimecast",
            "proofpoint",
            "symantec",
            "messagelabs",
            "forcepoint",
            "safelinks",
            "trendmicro",
            "trend micro",
            "sophos",
            "cloudmark",
            "fireeye",
            "trellix",
            "zscaler",
            "ironport",
            "paloalto",
            "netskope",
            "bitdefender",
            "kaspersky",
            "mailguard",
            "hornetsecurity",
            "spamassassin",
            "urlscan",
            "virustotal",
            "urldefense",
            "checkphish",
            "microsoft office existence discovery",
            "microsoft-office-protection",
            "python",
            "curl/",
            "wget/",
            "java/",
            "java-http-client",
            "go-http-client",
            "okhttp",
            "httpclient",
            "axios/",
            "node-fetch",
            "undici",
            "aiohttp",
            "libwww",
            "lwp",
            "ruby",
            "guzzle",
            "php/",
            "postmanruntime",
            "scrapy",
            "headlesschrome",
            "phantomjs",
            "puppeteer",
            "playwright",
            "selenium",
            "bingpreview",
            "skypeuripreview",
            "facebookexternalhit",
            "preview",
            "whatsapp",
            "embedly",
            "iframely");

    /** Proxies that load pictures instead of people, often before anybody looks. In lower case. */
    private static final Set<String> PREFETCHING =
            Set.of("googleimageproxy", "ggpht.com", "yahoomailproxy", "yahoocachesystem", "outlook-proxy");

    /** All that Apple Mail Privacy Protection says; a browser says more. */
    private static final String APPLE = "mozilla/5.0";

    private Scanners() {}

    /**
     * @param sentAt when the mail left, or null where it is only just leaving
     * @param tooSoon nobody reads a mail so fast
     */
    static boolean human(Tracking.Visitor visitor, Instant sentAt, Instant now, Duration tooSoon) {
        if (!visitor.method().equals("GET") || visitor.prefetch() || sentAt == null) {
            return false;
        }
        return byBrowser(visitor.userAgent()) && !now.isBefore(sentAt.plus(tooSoon));
    }

    private static boolean byBrowser(String userAgent) {
        String agent = userAgent == null ? "" : userAgent.strip().toLowerCase(Locale.ROOT);
        return !agent.isEmpty()
                && !agent.equals(APPLE)
                && !BOT.matcher(agent).find()
                && NEVER_HUMAN.stream().noneMatch(agent::contains)
                && PREFETCHING.stream().noneMatch(agent::contains);
    }
}
