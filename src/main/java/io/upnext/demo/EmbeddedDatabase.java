package io.upnext.demo;

import io.upnext.security.StartRefusedException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * PostgreSQL of the demo, kept in the data directory. The server trusts every local user and listens on loopback only:
 * it is for trying out, never for production. Each data directory has a port of its own; a server that a killed process
 * left behind is stopped, and a server that is not ours is refused.
 */
final class EmbeddedDatabase implements AutoCloseable {

    static final String USER = "postgres";

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String NAME = "upnext";
    private static final String LOG_FILE = "postgres.log";
    private static final Duration START_WAIT = Duration.ofMinutes(2);

    private final Path files;
    private final int port;
    private final DirectoryLock lock;
    private final EmbeddedPostgres server;

    private EmbeddedDatabase(Path files, int port, DirectoryLock lock) throws IOException {
        this.files = files;
        this.port = port;
        this.lock = lock;
        this.server = startServer();
    }

    /**
     * Starts the server of this data directory and waits until it answers.
     *
     * @throws StartRefusedException when another process holds the directory or the port; the message says what to do
     */
    static EmbeddedDatabase start(Path dataDirectory) {
        try {
            var home = Files.createDirectories(dataDirectory.toAbsolutePath().normalize())
                    .toRealPath();
            var lock = DirectoryLock.take(home);
            try {
                return start(home, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (StartRefusedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            log.error("The embedded PostgreSQL did not start", e);
            throw new StartRefusedException("The embedded PostgreSQL did not start; " + dataDirectory.resolve(LOG_FILE)
                    + " says why. As root it needs user namespaces: start as another user,"
                    + " or set SPRING_DATASOURCE_URL to a PostgreSQL server.");
        }
    }

    private static EmbeddedDatabase start(Path home, DirectoryLock lock) throws IOException {
        var files = home.resolve("postgres");
        setAsideWhatWasNeverFinished(files);
        var database = new EmbeddedDatabase(files, PortFile.in(home).port(), lock);
        try {
            database.refuseForeignServer();
            database.createIfMissing();
            database.markFinished();
            database.protectPrograms();
            log.info(
                    "Embedded PostgreSQL runs in {} on port {}; it trusts every user of this machine",
                    files,
                    database.port);
            return database;
        } catch (IOException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, NAME);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            log.warn("The embedded PostgreSQL did not stop; the next start stops it", e);
        } finally {
            lock.close();
        }
    }

    private EmbeddedPostgres startServer() throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(files)
                .setOverrideWorkingDirectory(
                        files.resolveSibling("postgres-programs").toFile())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_WAIT)
                .setDataDirectoryCustomizer(this::clearTheWay)
                .setOutputRedirector(logFile())
                .setErrorRedirector(logFile())
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "256MB")
                .start();
    }

    private File programs() {
        return files.resolveSibling("postgres-programs").toFile();
    }

    /** The library opens the directory for everybody, who could then put other programs there. */
    private void protectPrograms() {
        programs().setWritable(false, false);
        programs().setWritable(true, true);
    }

    private Redirect logFile() {
        return Redirect.appendTo(files.resolveSibling(LOG_FILE).toFile());
    }

    /** Runs under the library's own lock on the directory, right before the server starts. */
    private void clearTheWay(File directory) {
        new LeftBehindServer(directory.toPath()).stop();
        PortFile.in(files.getParent()).requireFree();
    }

    /** The library takes whatever server answers on the port for its own; only the data directory tells them apart. */
    private void refuseForeignServer() {
        var directory = JdbcClient.create(server.getPostgresDatabase())
                .sql("show data_directory")
                .query(String.class)
                .single();
        if (!Path.of(directory).equals(files)) {
            throw PortFile.in(files.getParent()).taken();
        }
    }

    private void createIfMissing() {
        var maintenance = JdbcClient.create(server.getPostgresDatabase());
        var exists = maintenance
                .sql("select exists (select from pg_database where datname = ?)")
                .param(NAME)
                .query(Boolean.class)
                .single();
        if (!exists) {
            maintenance.sql("create database " + NAME).update();
        }
    }

    /** A first start that was killed leaves a directory that no server can start from. */
    private static void setAsideWhatWasNeverFinished(Path files) throws IOException {
        if (Files.exists(files) && !Files.exists(finishedMark(files))) {
            var aside = files.resolveSibling("postgres-unfinished-" + UUID.randomUUID());
            Files.move(files, aside);
            log.warn("The first start of the database was interrupted; what it left is in {}", aside);
        }
    }

    private void markFinished() throws IOException {
        if (!Files.exists(finishedMark(files))) {
            Files.createFile(finishedMark(files));
        }
    }

    private static Path finishedMark(Path files) {
        return files.resolve("upnext-finished");
    }
}
