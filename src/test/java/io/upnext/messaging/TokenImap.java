package io.upnext.messaging;

import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The tests' IMAP server as one that lets in whoever has the access token, and nobody by password (AUTHENTICATE XOAUTH2,
 * RFC 4959).
 */
final class TokenImap implements Closeable {

    private static final String COMMAND = "AUTHENTICATE XOAUTH2 ";

    private final FaultyImap wire = new FaultyImap();
    private final String address;
    private final String password;
    private volatile String token;

    /** @param address whose inbox it is, known to the server under that password */
    TokenImap(String address, String password, String token) {
        this.address = address;
        this.password = password;
        this.token = token;
        wire.told = line -> line.startsWith("* CAPABILITY") ? line + " AUTH=XOAUTH2 SASL-IR" : line;
        wire.asked = this::loggingIn;
        wire.instead = this::refusal;
    }

    int port() {
        return wire.port();
    }

    /** From now on only that one is welcome, and whoever is logged in has to do so again. */
    void accept(String other) {
        token = other;
        wire.drop();
    }

    private String loggingIn(String line) {
        return line.contains(COMMAND)
                ? line.substring(0, line.indexOf(' ')) + " LOGIN \"" + address + "\" \"" + password + "\""
                : line;
    }

    private String refusal(String command) {
        boolean byToken = command.startsWith(COMMAND);
        boolean welcome = byToken
                && new String(Base64.getDecoder().decode(command.substring(COMMAND.length())), StandardCharsets.UTF_8)
                        .equals("user=" + address + "\u0001auth=Bearer " + token + "\u0001\u0001");
        return command.startsWith("LOGIN") || (byToken && !welcome) ? "NO [AUTHENTICATIONFAILED] token refused" : null;
    }

    @Override
    public void close() {
        wire.close();
    }
}
