package io.upnext.messaging;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** An IMAP server with an empty inbox that lets in whoever has the access token (AUTHENTICATE XOAUTH2, RFC 4959). */
final class TokenImap implements Closeable {

    private final ServerSocket socket;
    private volatile String token;

    TokenImap(String token) {
        this.token = token;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::acceptAll, "token-imap");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    void accept(String other) {
        token = other;
    }

    private void acceptAll() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
                    OutputStream out = client.getOutputStream()) {
                say(out, "* OK ready");
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    answer(line, in, out);
                }
            } catch (IOException gone) {
                // The client went away, or the test is over.
            }
        }
    }

    private void answer(String line, BufferedReader in, OutputStream out) throws IOException {
        String[] words = line.split(" ");
        String tag = words[0];
        switch (words[1].toUpperCase(Locale.ROOT)) {
            case "CAPABILITY" -> {
                say(out, "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2 SASL-IR");
                say(out, tag + " OK done");
            }
            case "AUTHENTICATE" -> authenticate(words, in, out);
            case "SELECT", "EXAMINE" -> {
                say(out, "* FLAGS (\\Seen)");
                say(out, "* 0 EXISTS");
                say(out, "* 0 RECENT");
                say(out, "* OK [UIDVALIDITY 1] fine");
                say(out, "* OK [UIDNEXT 1] fine");
                say(out, tag + " OK [READ-ONLY] opened");
            }
            case "LOGOUT" -> {
                say(out, "* BYE");
                say(out, tag + " OK bye");
            }
            default -> say(out, tag + " OK done");
        }
    }

    private void authenticate(String[] words, BufferedReader in, OutputStream out) throws IOException {
        String response = words.length > 3 ? words[3] : null;
        if (response == null) {
            say(out, "+ ");
            response = in.readLine();
        }
        String said = new String(Base64.getDecoder().decode(response), StandardCharsets.UTF_8);
        boolean welcome = said.contains("auth=Bearer " + token + "\u0001");
        say(out, words[0] + (welcome ? " OK welcome" : " NO [AUTHENTICATIONFAILED] token refused"));
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
