package io.upnext.demo;

import io.upnext.security.StartRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that outlived its process, because that one was killed. Its pid file names it. */
record LeftBehindServer(Path files) {

    private static final Logger log = LoggerFactory.getLogger(LeftBehindServer.class);
    private static final Duration STOP_WAIT = Duration.ofMinutes(1);

    void stop() {
        try {
            if (Files.exists(pidFile())) {
                var running = process();
                if (running.isPresent()) {
                    stop(running.get());
                }
                Files.deleteIfExists(pidFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pid may since belong to any other program, so the process has to be a server of this very directory. */
    private Optional<ProcessHandle> process() throws IOException {
        var lines = Files.readAllLines(pidFile());
        if (lines.size() < 2 || !Path.of(lines.get(1)).equals(files)) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(LeftBehindServer::isPostgres);
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString())
                .filter(name -> name.equals("postgres") || name.equals("postgres.exe"))
                .isPresent();
    }

    /** A server removes its pid file last; the process may stay for a while when nobody collects its exit status. */
    private void stop(ProcessHandle process) throws IOException {
        log.info("Stopping the PostgreSQL that an earlier run left behind in {}", files);
        interrupt(process);
        var deadline = System.nanoTime() + STOP_WAIT.toNanos();
        while (process.isAlive() && Files.exists(pidFile())) {
            if (System.nanoTime() > deadline) {
                throw new StartRefusedException("The PostgreSQL with process id " + process.pid()
                        + " does not stop: end it, then start again.");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while stopping the left-behind PostgreSQL", e);
        }
    }

    /** SIGINT is PostgreSQL's fast shutdown; SIGTERM, which Java would send, waits for its clients. */
    private static void interrupt(ProcessHandle process) throws IOException {
        if (System.getProperty("os.name").startsWith("Windows")) {
            process.destroyForcibly();
        } else {
            new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start();
        }
    }

    private Path pidFile() {
        return files.resolve("postmaster.pid");
    }
}
