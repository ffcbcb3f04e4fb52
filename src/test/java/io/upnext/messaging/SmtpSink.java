package io.upnext.messaging;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * An SMTP server that takes everything, as cheaply as it can, and counts how often it got each Message-ID. What it has
 * read to its end counts, whether or not anybody was left to hear the answer: a real server would deliver it.
 */
public final class SmtpSink implements Closeable {

    private static final byte[] MESSAGE_ID = "message-id:".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket socket;
    private final LongSupplier pauseMillis;
    private final Map<String, Integer> received = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger signed = new AtomicInteger();

    public SmtpSink() {
        this(() -> 0);
    }

    /** @param pauseMillis how long each mail takes to be answered */
    public SmtpSink(LongSupplier pauseMillis) {
        this.pauseMillis = pauseMillis;
        try {
            socket = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::acceptAll);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public int count() {
        return count.get();
    }

    /** How many had a DKIM signature. */
    public int signed() {
        return signed.get();
    }

    /** How often each Message-ID came. */
    public Map<String, Integer> received() {
        return received;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "smtp-sink");
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
                InputStream in = new BufferedInputStream(client.getInputStream(), 32 * 1024);
                OutputStream out = new BufferedOutputStream(client.getOutputStream())) {
            client.setTcpNoDelay(true);
            say(out, "220 sink");
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            while (read(in, line)) {
                String said = line.toString(StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
                if (said.startsWith("EHLO")) {
                    say(out, "250-sink\r\n250 AUTH PLAIN LOGIN");
                } else if (said.startsWith("AUTH")) {
                    say(out, "235 welcome");
                } else if (said.startsWith("DATA")) {
                    say(out, "354 go on");
                    if (!message(in, line)) {
                        return;
                    }
                    say(out, "250 taken");
                } else {
                    say(out, said.startsWith("QUIT") ? "221 bye" : "250 ok");
                }
            }
        } catch (IOException gone) {
            // The client went away.
        }
    }

    private boolean message(InputStream in, ByteArrayOutputStream line) throws IOException {
        String id = null;
        boolean headers = true;
        while (read(in, line)) {
            if (line.size() == 1 && line.toByteArray()[0] == '.') {
                received.merge(String.valueOf(id), 1, Integer::sum);
                count.incrementAndGet();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis.getAsLong()));
                return true;
            }
            headers = headers && line.size() > 0;
            if (headers) {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                if (text.regionMatches(true, 0, "Message-ID:", 0, MESSAGE_ID.length)) {
                    id = text.substring(MESSAGE_ID.length).strip();
                } else if (text.startsWith("DKIM-Signature:")) {
                    signed.incrementAndGet();
                }
            }
        }
        return false;
    }

    private static boolean read(InputStream in, ByteArrayOutputStream line) throws IOException {
        line.reset();
        for (int read = in.read(); read >= 0; read = in.read()) {
            if (read == '\n') {
                return true;
            }
            if (read != '\r') {
                line.write(read);
            }
        }
        return false;
    }

    private static void say(OutputStream out, String answer) throws IOException {
        out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
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
