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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An SMTP server that answers what a test tells it to, step by step: {@code on("RCPT", "550 no")}. The steps are
 * GREETING, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, BODY (instead of reading it) and END (of the data). Instead of an
 * answer there are ways to misbehave.
 */
public final class ScriptedSmtp implements Closeable {

    /** Closes the connection. */
    public static final String DROP = "drop the connection";

    /** Says what it usually says, then closes the connection. */
    public static final String ANSWER_AND_DROP = "answer, then drop the connection";

    /** Says nothing and waits until the client has had enough. */
    public static final String HANG = "hang";

    /** Says a line that never ends, a byte now and then. */
    public static final String DRIP = "drip";

    /** Says a line that never ends, as fast as it can. */
    public static final String ENDLESS_LINE = "endless line";

    /** Says lines that announce more lines, as fast as it can. */
    public static final String ENDLESS_LINES = "endless lines";

    private final ServerSocket socket;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    public ScriptedSmtp() {
        try {
            // By number: what "localhost" means differs.
            socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::acceptAll);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public ScriptedSmtp on(String step, String answer) {
        answers.put(step, answer);
        return this;
    }

    /** Only log-ins by these access tokens are welcome from now on. */
    public void acceptOnlyTokens(String... accepted) {
        tokens.clear();
        tokens.addAll(List.of(accepted));
    }

    public void behave() {
        answers.clear();
    }

    /** Messages that were answered with 250 at their end. */
    public List<String> accepted() {
        return accepted;
    }

    /** Messages whose end was said, whatever was answered. */
    public List<String> seen() {
        return seen;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    private void acceptAll() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        clients.add(client);
        try (client;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
                OutputStream out = client.getOutputStream()) {
            if (!say(out, "GREETING", "220 scripted")) {
                return;
            }
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!answer(line, in, out)) {
                    return;
                }
            }
        } catch (IOException gone) {
            // The client went away.
        }
    }

    private boolean answer(String line, BufferedReader in, OutputStream out) throws IOException {
        String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
        switch (verb) {
            case "EHLO":
                return say(out, "EHLO", "250-scripted\r\n250 AUTH PLAIN LOGIN XOAUTH2");
            case "QUIT":
                write(out, "221 bye");
                return false;
            case "DATA":
                return data(in, out);
            case "AUTH":
                return say(out, "AUTH", welcome(line) ? "235 2.7.0 welcome" : "535 5.7.8 token refused");
            default:
                String address = verb + line.replaceFirst("^[^<]*", "").replaceFirst(">.*", ">");
                return say(out, answers.containsKey(address) ? address : verb, "250 2.1.0 ok");
        }
    }

    private boolean welcome(String line) {
        if (tokens.isEmpty()) {
            return true;
        }
        String[] words = line.split(" ");
        String said = new String(Base64.getDecoder().decode(words[2]), StandardCharsets.UTF_8);
        return words[1].equals("XOAUTH2")
                && tokens.stream().anyMatch(token -> said.endsWith("auth=Bearer " + token + "\u0001\u0001"));
    }

    private boolean data(BufferedReader in, OutputStream out) throws IOException {
        String refusal = answers.get("DATA");
        if (refusal != null) {
            return say(out, "DATA", refusal);
        }
        write(out, "354 go on");
        if (DROP.equals(answers.get("BODY"))) {
            in.readLine();
            return false;
        }
        if (HANG.equals(answers.get("BODY"))) {
            park();
        }
        StringBuilder message = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            message.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        seen.add(message.toString());
        String asked = answers.getOrDefault("END", "250");
        if (asked.startsWith("250") || asked.equals(ANSWER_AND_DROP)) {
            accepted.add(message.toString());
        }
        return say(out, "END", "250 2.0.0 taken");
    }

    private boolean say(OutputStream out, String step, String usual) throws IOException {
        String answer = answers.getOrDefault(step, usual);
        switch (answer) {
            case DROP:
                return false;
            case ANSWER_AND_DROP:
                write(out, usual);
                return false;
            case HANG:
                park();
                return false;
            case DRIP:
                out.write("250-".getBytes(StandardCharsets.ISO_8859_1));
                return forEver(out, "x", 20);
            case ENDLESS_LINE:
                return forEver(out, "250-" + "x".repeat(10_000), 0);
            case ENDLESS_LINES:
                return forEver(out, "250-and more\r\n", 0);
            default:
                return write(out, answer) && !answer.startsWith("421");
        }
    }

    private boolean forEver(OutputStream out, String said, long pauseMillis) throws IOException {
        while (!socket.isClosed()) {
            out.write(said.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            if (pauseMillis > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
            }
        }
        return false;
    }

    /** Until the server is closed. */
    private void park() {
        while (!socket.isClosed()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static boolean write(OutputStream out, String answer) throws IOException {
        out.write((answer + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return true;
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket client : clients) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
