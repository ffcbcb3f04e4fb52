package io.upnext.messaging.mailbox;

import io.upnext.messaging.MailServer;
import io.upnext.messaging.MailServer.Auth;
import io.upnext.messaging.MailServer.OAuth;
import io.upnext.messaging.MailServer.Tls;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.mailbox.MailboxAdministration.OAuthDraft;
import io.upnext.messaging.mailbox.MailboxAdministration.ServerDraft;
import io.upnext.messaging.sending.Addresses;
import io.upnext.shared.Problem;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What is wrong with a server as people entered it. A secret that is kept belongs to the servers it was entered for:
 * otherwise whoever may change a host could have it sent to a server of their own.
 */
final class ServerRules {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int LONGEST = 4000;

    private final UnaryOperator<String> encrypt;
    private final List<Problem> problems;

    ServerRules(UnaryOperator<String> encrypt, List<Problem> problems) {
        this.encrypt = encrypt;
        this.problems = problems;
    }

    MailServer smtp(ServerDraft draft, MailServer before) {
        return server("smtp", draft, before, false);
    }

    MailServer imap(ServerDraft draft, MailServer before, MailServer smtp) {
        boolean shared = draft.oauth() == null && smtp != null && smtp.oauth() != null;
        return server("imap", draft, before, shared);
    }

    private MailServer server(String what, ServerDraft draft, MailServer before, boolean shared) {
        Tls tls = draft.tls() == null ? Tls.STARTTLS : draft.tls();
        String user = stripped(draft.user());
        Auth auth = draft.auth() != null ? draft.auth() : user == null ? Auth.NONE : Auth.PASSWORD;
        int port = draft.port() == null ? usualPort(what, tls) : draft.port();
        String host = draft.host() == null ? "" : draft.host().strip();
        if (!Addresses.validDomain(host)) {
            wrong(what + ".host", "must be the name of a server.");
        }
        if (port < 1 || port > 65535) {
            wrong(what + ".port", "must lie between 1 and 65535.");
        }
        if (auth != Auth.NONE && user == null) {
            wrong(what + ".user", "is needed to log in.");
        }
        if (user != null && !line(user)) {
            wrong(what + ".user", "must be one line of at most " + LONGEST + " characters.");
        }
        String secret = auth == Auth.PASSWORD ? password(what, draft, before, host, tls) : null;
        OAuth oauth = auth == Auth.XOAUTH2 && !shared ? oauth(what, draft.oauth()) : null;
        if (oauth != null && stripped(draft.oauth().refreshToken()) == null) {
            keptToken(what, oauth, before, host, tls);
        }
        return new MailServer(host, port, user, secret, tls, auth, oauth);
    }

    private String password(String what, ServerDraft draft, MailServer before, String host, Tls tls) {
        if (draft.password() != null && !draft.password().isEmpty()) {
            return encrypt.apply(draft.password());
        }
        boolean kept = before != null && before.secret() != null;
        if (!kept) {
            wrong(what + ".password", "is needed to log in.");
            return null;
        }
        stay(what + ".password", before, host, tls);
        return before.secret();
    }

    /** A secret that is kept stays with its host, whatever the port, and never begins to travel in clear text. */
    private void stay(String secret, MailServer before, String host, Tls tls) {
        String changed = !Objects.equals(before.host(), host)
                ? "The host has changed"
                : tls == Tls.NONE && before.tls() != Tls.NONE ? "The connection is no longer encrypted" : null;
        if (changed != null) {
            problems.add(Problem.error(secret, changed + ", so '" + secret + "' must be entered again."));
        }
    }

    private OAuth oauth(String what, OAuthDraft draft) {
        if (draft == null) {
            wrong(what + ".oauth", "is needed: tokenEndpoint, clientId, clientSecret, refreshToken, scope.");
            return null;
        }
        String endpoint = stripped(draft.tokenEndpoint());
        if (!tokenEndpoint(endpoint)) {
            wrong(what + ".tokenEndpoint", "must be an https address (http only on this machine).");
        }
        String client = stripped(draft.clientId());
        if (client == null || !line(client)) {
            wrong(what + ".clientId", "is needed, on one line.");
        }
        String scope = stripped(draft.scope());
        if (scope != null && !line(scope)) {
            wrong(what + ".scope", "must be one line.");
        }
        return new OAuth(endpoint, client, scope);
    }

    private void keptToken(String what, OAuth oauth, MailServer before, String host, Tls tls) {
        String secret = what + ".refreshToken";
        if (before == null || before.oauth() == null) {
            wrong(secret, "is needed to log in.");
        } else if (!before.oauth().tokenEndpoint().equals(oauth.tokenEndpoint())) {
            problems.add(Problem.error(
                    secret, "The token endpoint has changed, so '" + secret + "' must be entered again."));
        } else {
            stay(secret, before, host, tls);
        }
    }

    /** The IMAP server gets tokens of the SMTP server's client. */
    void sharedToken(ServerDraft smtp, MailServer imap, Mailbox before) {
        boolean shares = imap != null && imap.auth() == Auth.XOAUTH2 && imap.oauth() == null;
        boolean entered = smtp.oauth() != null && stripped(smtp.oauth().refreshToken()) != null;
        if (!shares || entered) {
            return;
        }
        if (before == null || before.imap() == null) {
            problems.add(Problem.error(
                    "smtp.refreshToken",
                    "Another host gets the access tokens now, so 'smtp.refreshToken' must be entered again."));
        } else {
            stay("smtp.refreshToken", before.imap(), imap.host(), imap.tls());
        }
    }

    private static boolean tokenEndpoint(String address) {
        if (address == null || address.length() > LONGEST) {
            return false;
        }
        try {
            URI uri = URI.create(address);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean plain = scheme.equals("http")
                    && THIS_MACHINE.contains(String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT));
            return uri.getHost() != null && uri.getUserInfo() == null && (plain || scheme.equals("https"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void wrong(String what, String must) {
        problems.add(Problem.error(what, "'" + what + "' " + must));
    }

    private static boolean line(String value) {
        return value.length() <= LONGEST && value.chars().noneMatch(Character::isISOControl);
    }

    private static String stripped(String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static int usualPort(String what, Tls tls) {
        boolean smtp = what.equals("smtp");
        return switch (tls) {
            case NONE -> smtp ? 25 : 143;
            case STARTTLS -> smtp ? 587 : 143;
            case IMPLICIT -> smtp ? 465 : 993;
        };
    }
}
