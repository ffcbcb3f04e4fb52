package io.upnext.messaging.mailbox;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.SocketFactory;

/**
 * Sockets for conversations of short questions and answers. The mail library waits for each byte anew and keeps any
 * answer whole in memory, so a server that drips bytes, or never ends its line, would hold a sender for ever: here an
 * answer has to be complete in time and of a sane length.
 */
final class PatientSockets extends SocketFactory {

    private final Duration patience;
    private final int longest;

    /**
     * @param patience for one whole answer
     * @param longest bytes of one answer, TLS certificates included
     */
    PatientSockets(Duration patience, int longest) {
        this.patience = patience;
        this.longest = longest;
    }

    @Override
    public Socket createSocket() {
        return new PatientSocket(patience, longest);
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("Only unconnected sockets are made here.");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("Only unconnected sockets are made here.");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        return createSocket(host, port);
    }

    private static final class PatientSocket extends Socket {

        private final Duration patience;
        private final int longest;
        // Written by who asks, read by who waits for the answer: with IMAP's IDLE these are two threads
        private volatile long askedAt = System.nanoTime();
        private volatile int answered;

        PatientSocket(Duration patience, int longest) {
            this.patience = patience;
            this.longest = longest;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    int read = in.read();
                    count(read < 0 ? 0 : 1);
                    return read;
                }

                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    int read = in.read(bytes, from, length);
                    count(Math.max(read, 0));
                    return read;
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(int one) throws IOException {
                    asked();
                    out.write(one);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    asked();
                    out.write(bytes, from, length);
                }
            };
        }

        private void asked() {
            askedAt = System.nanoTime();
            answered = 0;
        }

        private void count(int bytes) throws IOException {
            answered += bytes;
            if (answered > longest) {
                close();
                throw new IOException("The server's answer has no end.");
            }
            if (System.nanoTime() - askedAt > patience.toNanos()) {
                close();
                throw new SocketTimeoutException("The server's answer drips in too slowly.");
            }
        }
    }
}
