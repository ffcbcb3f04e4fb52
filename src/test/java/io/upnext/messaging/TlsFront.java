package io.upnext.messaging;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** TLS in front of the tests' mail server, which knows none: from the first byte on, or after STARTTLS. */
final class TlsFront implements Closeable {

    private final ServerSocket listener;
    private final SSLContext tls;
    private final int behind;
    private final boolean implicit;
    private final boolean imap;
    private final AtomicInteger safe = new AtomicInteger();
    private final List<String> inClear = new CopyOnWriteArrayList<>();

    /** @param behind the port of the SMTP or IMAP server */
    TlsFront(SSLContext tls, int behind, boolean implicit, boolean imap) {
        this.tls = tls;
        this.behind = behind;
        this.implicit = implicit;
        this.imap = imap;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** In how many conversations the client took the certificate, and went on talking. */
    int safe() {
        return safe.get();
    }

    /** What was said before the conversation was safe. */
    List<String> inClear() {
        return inClear;
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "tls-front");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                daemon(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket plain) {
        try (plain) {
            if (!implicit && !startTls(plain)) {
                return;
            }
            try (SSLSocket client = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, true);
                    Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
                client.startHandshake();
                if (!implicit) {
                    // The greeting was said in clear already.
                    line(server.getInputStream());
                }
                daemon(() -> pass(server, client, () -> {}));
                pass(client, server, safe::incrementAndGet);
            }
        } catch (IOException gone) {
            // Either side went away, or does not like the certificate.
        }
    }

    /** @return false where the client went away */
    private boolean startTls(Socket client) throws IOException {
        say(client, imap ? "* OK front" : "220 front");
        for (String line = line(client.getInputStream()); !line.isEmpty(); line = line(client.getInputStream())) {
            inClear.add(line);
            String tag = line.split(" ")[0];
            String command = line.toUpperCase(Locale.ROOT);
            if (command.endsWith("STARTTLS")) {
                say(client, imap ? tag + " OK go on" : "220 go on");
                return true;
            } else if (imap) {
                say(client, "* CAPABILITY IMAP4rev1 STARTTLS\r\n" + tag + " OK");
            } else {
                say(client, command.startsWith("EHLO") ? "250-front\r\n250 STARTTLS" : "221 bye");
            }
        }
        return false;
    }

    /** Byte by byte: what follows is TLS. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static void say(Socket client, String answer) throws IOException {
        client.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void pass(Socket from, Socket to, Runnable first) {
        try (to) {
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8192];
            boolean said = false;
            for (int read = from.getInputStream().read(bytes);
                    read >= 0;
                    read = from.getInputStream().read(bytes)) {
                if (!said) {
                    said = true;
                    first.run();
                }
                out.write(bytes, 0, read);
                out.flush();
            }
        } catch (IOException gone) {
            // The other side notices.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
