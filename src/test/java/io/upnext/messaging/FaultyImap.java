package io.upnext.messaging;

import io.upnext.testing.TestMail;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The tests' IMAP server behind a wire that misbehaves: drops, stays silent, answers otherwise. */
public final class FaultyImap implements AutoCloseable {

    private final ServerSocket listener;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();

    /** Lines of the server that cut the connection before they are passed on. */
    public volatile Predicate<String> cut = line -> false;

    /** As an answer: a byte now and then, and never the end of the line. */
    public static final String DRIP = "drip";

    /** As an answer: a line that never ends, as fast as it can. */
    public static final String ENDLESS_LINE = "endless line";

    /** Changes lines of the server; null passes nothing on. */
    public volatile UnaryOperator<String> told = line -> line;

    /** Changes lines of the client. */
    public volatile UnaryOperator<String> asked = line -> line;

    /** Answers a command ("UID FETCH …") in the server's place, without its tag; null passes it on; "" says nothing. */
    public volatile Function<String, String> instead = command -> null;

    private volatile int connections;

    public FaultyImap() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public int connections() {
        return connections;
    }

    public long count(String command) {
        return commands.stream().filter(line -> line.startsWith(command)).count();
    }

    /** The server breaks all connections. */
    public void drop() {
        open.forEach(FaultyImap::close);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "faulty-imap");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), TestMail.imapPort());
                connections++;
                open.add(client);
                open.add(server);
                daemon(() -> pass(client, server, true));
                daemon(() -> pass(server, client, false));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pass(Socket from, Socket to, boolean client) {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.ISO_8859_1))) {
            OutputStream out = to.getOutputStream();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (client) {
                    command(line, out, from.getOutputStream());
                } else if (cut.test(line)) {
                    break;
                } else {
                    tell(out, told.apply(line));
                }
            }
        } catch (IOException gone) {
            // The other side notices.
        } finally {
            close(from);
            close(to);
        }
    }

    private static void tell(OutputStream client, String line) throws IOException {
        if (line != null) {
            write(client, line);
        }
    }

    private void command(String line, OutputStream server, OutputStream client) throws IOException {
        int blank = line.indexOf(' ');
        String command = line.substring(blank + 1);
        commands.add(command);
        String answer = instead.apply(command);
        if (answer == null) {
            write(server, asked.apply(line));
        } else if (answer.equals(DRIP)) {
            forEver(client, "x", Duration.ofMillis(20));
        } else if (answer.equals(ENDLESS_LINE)) {
            forEver(client, "x".repeat(100_000), Duration.ZERO);
        } else if (!answer.isEmpty()) {
            write(client, line.substring(0, Math.max(blank, 0)) + " " + answer);
        }
    }

    /** Until the client or the test has had enough. */
    private void forEver(OutputStream client, String said, Duration pause) throws IOException {
        client.write("* ".getBytes(StandardCharsets.ISO_8859_1));
        while (!listener.isClosed()) {
            client.write(said.getBytes(StandardCharsets.ISO_8859_1));
            client.flush();
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private static synchronized void write(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        drop();
    }
}
