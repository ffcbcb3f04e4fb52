package io.upnext.demo;

import io.upnext.security.StartRefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** The port that the database of a data directory keeps over restarts; a free one is chosen the first time. */
record PortFile(Path file) {

    static PortFile in(Path dataDirectory) {
        return new PortFile(dataDirectory.resolve("postgres.port"));
    }

    int port() throws IOException {
        if (Files.exists(file)) {
            return read();
        }
        var chosen = anyFree();
        Files.writeString(file, Integer.toString(chosen));
        return chosen;
    }

    /** @throws StartRefusedException when something else listens there */
    void requireFree() {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), read()));
        } catch (IOException e) {
            throw taken();
        }
    }

    StartRefusedException taken() {
        return new StartRefusedException("The port in " + file + " belongs to another program:"
                + " stop that program, or delete the file to get another port.");
    }

    private int read() throws IOException {
        return Integer.parseInt(Files.readString(file).strip());
    }

    private static int anyFree() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
