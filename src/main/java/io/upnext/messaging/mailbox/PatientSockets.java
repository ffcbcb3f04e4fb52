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

    /** No server says more at once, TLS certificates included. */
    private static final int LONGEST_ANSWER = 256 * 1024;

    private final Duration patience;

    /** @param patience for one whole answer */
    PatientSockets(Duration patience) {
        this.patience = patience;
    }

    @Override
    public Socket createSocket() {
        return new PatientSocket(patience);
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
        private long askedAt = System.nanoTime();
        private int answered;

        PatientSocket(Duration patience) {
            this.patience = patience;
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
            if (answered > LONGEST_ANSWER) {
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
