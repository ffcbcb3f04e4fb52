package io.upnext.messaging.texting;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.messaging.TextGateway;
import io.upnext.operation.Workers;
import io.upnext.security.AuditLog;
import io.upnext.security.BaseUrl;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.shared.InvalidException;
import io.upnext.shared.Problem;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What administrators do with the text gateway: look, change, try, take away. The token only ever goes in. */
@Component
public class GatewayAdministration {

    public static final String TWILIO = "https://api.twilio.com";

    private static final Pattern ACCOUNT = Pattern.compile("AC[0-9a-fA-F]{32}");
    private static final Pattern SENDER =
            Pattern.compile("\\+[1-9][0-9]{4,14}|[0-9]{3,8}|MG[0-9a-fA-F]{32}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}");
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String SUBJECT = "text-gateway";

    private final GatewayRow row;
    private final TextGateway gateway;
    private final BaseUrl baseUrl;
    private final AuditLog audit;
    private final Workers workers;

    GatewayAdministration(GatewayRow row, TextGateway gateway, BaseUrl baseUrl, AuditLog audit, Workers workers) {
        this.row = row;
        this.gateway = gateway;
        this.baseUrl = baseUrl;
        this.audit = audit;
        this.workers = workers;
    }

    /** What administrators enter. @param authToken null keeps the one there is @param baseUrl null is Twilio's own */
    public record Draft(String accountSid, String authToken, String sender, String baseUrl) {

        @Override
        public String toString() {
            return "Draft[" + accountSid + ", " + sender + ", " + baseUrl + "]";
        }
    }

    /** @param webhookUrl to be entered at Twilio for received messages */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Shown(
            String accountSid,
            String sender,
            String baseUrl,
            TextGateway.Availability.State state,
            String error,
            String webhookUrl) {}

    public Shown get(CurrentUser user) {
        user.require(Right.ADMINISTER);
        return shown(row.find().orElse(null));
    }

    private Shown shown(GatewaySettings settings) {
        TextGateway.Availability availability = gateway.availability();
        return new Shown(
                settings == null ? null : settings.accountSid(),
                settings == null ? null : settings.sender(),
                settings == null ? null : settings.baseUrl(),
                availability.state(),
                availability.cause(),
                baseUrl.link(Webhook.PATH));
    }

    @Transactional
    public Shown save(CurrentUser user, Draft draft) {
        user.require(Right.ADMINISTER);
        GatewaySettings before = row.find().orElse(null);
        GatewaySettings after = checked(draft, before);
        Shown shownBefore = before == null ? null : shown(before);
        row.save(after);
        audit.add(
                user.actor(),
                before == null ? "text-gateway.create" : "text-gateway.update",
                SUBJECT,
                shownBefore,
                shown(after));
        workers.wake(TextDispatcher.NAME);
        return shown(after);
    }

    @Transactional
    public void delete(CurrentUser user) {
        user.require(Right.ADMINISTER);
        row.find().ifPresent(before -> {
            audit.add(user.actor(), "text-gateway.delete", SUBJECT, shown(before), null);
            row.delete();
        });
    }

    /** Tries it; one that works again is started again. */
    public TextGateway.Check test(CurrentUser user) {
        user.require(Right.ADMINISTER);
        TextGateway.Check check = gateway.check();
        workers.wake(TextDispatcher.NAME);
        return check;
    }

    private GatewaySettings checked(Draft draft, GatewaySettings before) {
        List<Problem> problems = new ArrayList<>();
        String account = stripped(draft.accountSid());
        String token = stripped(draft.authToken());
        String sender = stripped(draft.sender()).replaceAll("(?<=[+0-9])[ ()/-]+(?=[0-9])", "");
        String url = stripped(draft.baseUrl()).isEmpty()
                ? TWILIO
                : stripped(draft.baseUrl()).replaceAll("/+$", "");
        check(problems, "accountSid", ACCOUNT.matcher(account).matches(), "The account SID is 'AC' and 32 hex digits.");
        check(
                problems,
                "authToken",
                before != null || !token.isEmpty(),
                "The auth token is needed; it stands in Twilio's console beside the account SID.");
        check(problems, "authToken", token.length() <= 200, "The auth token is too long.");
        // The token must not follow an address that somebody changes
        check(
                problems,
                "authToken",
                !token.isEmpty() || before == null || before.baseUrl().equals(url),
                "With another address the auth token has to be entered anew.");
        check(
                problems,
                "sender",
                SENDER.matcher(sender).matches(),
                "The sender is a number such as +4915112345678, a short code, a name of up to 11 letters and digits,"
                        + " or the id of a messaging service ('MG' and 32 hex digits).");
        check(problems, "baseUrl", isAddress(url), "The address begins with https:// and has no path.");
        if (!problems.isEmpty()) {
            throw new InvalidException(
                    "The text gateway cannot be saved: " + problems.get(0).message(), problems);
        }
        String secret = token.isEmpty() ? before.token() : row.encrypt(token);
        return new GatewaySettings(account, secret, sender, url, false, null, null, 0, 0);
    }

    /** Plain HTTP only on this machine: the token goes with every request. */
    private static boolean isAddress(String text) {
        try {
            URI uri = URI.create(text);
            boolean web = "https".equals(uri.getScheme())
                    || ("http".equals(uri.getScheme()) && uri.getHost() != null && LOCAL.contains(uri.getHost()));
            return web
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    private static String stripped(String text) {
        return text == null ? "" : text.strip();
    }

    private static void check(List<Problem> problems, String field, boolean holds, String message) {
        if (!holds) {
            problems.add(Problem.error(field, message));
        }
    }
}
