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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An SMTP server that answers what a test tells it to, step by step: {@code on("RCPT", "550 no")}. The steps are
 * GREETING, AUTH, MAIL, RCPT, DATA and END (of the data); the answer {@link #DROP} closes the connection instead.
 */
public final class ScriptedSmtp implements Closeable {

    public static final String DROP = "drop the connection";

    private final ServerSocket socket;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    public ScriptedSmtp() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
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
                return write(out, "250-scripted\r\n250 AUTH PLAIN LOGIN");
            case "QUIT":
                write(out, "221 bye");
                return false;
            case "DATA":
                return data(in, out);
            case "AUTH":
                return say(out, "AUTH", "235 2.7.0 welcome");
            default:
                String address = verb + line.replaceFirst("^[^<]*", "").replaceFirst(">.*", ">");
                return say(out, answers.containsKey(address) ? address : verb, "250 2.1.0 ok");
        }
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
        StringBuilder message = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            message.append(line).append("\r\n");
        }
        seen.add(message.toString());
        boolean goesOn = say(out, "END", "250 2.0.0 taken");
        if (!answers.containsKey("END")) {
            accepted.add(message.toString());
        }
        return goesOn;
    }

    private boolean say(OutputStream out, String step, String usual) throws IOException {
        String answer = answers.getOrDefault(step, usual);
        return !answer.equals(DROP) && write(out, answer) && !answer.startsWith("421");
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
