package io.upnext.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upnext.security.StartRefusedException;
import io.upnext.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    @TempDir
    Path directory;

    @Test
    void dataSurviveARestart() throws SQLException {
        try (var database = EmbeddedDatabase.start(directory)) {
            write(database, "kept");
        }

        try (var restarted = EmbeddedDatabase.start(directory)) {
            assertThat(read(restarted)).isEqualTo("kept");
        }
    }

    @Test
    void aServerLeftBehindByAKilledProcessIsStoppedAndItsDataAreThere() throws Exception {
        var killed = startInAnotherProcess();
        killed.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        var leftBehind = serverProcess();
        assertThat(leftBehind.isAlive()).isTrue();

        try (var restarted = EmbeddedDatabase.start(directory)) {
            assertThat(serverProcess().pid()).isNotEqualTo(leftBehind.pid());
            assertThat(read(restarted)).isEqualTo("written before the kill");
        }
    }

    @Test
    void whatIsCommittedIsOnDisk() throws SQLException {
        try (var database = EmbeddedDatabase.start(directory)) {
            assertThat(setting(database, "fsync")).isEqualTo("on");
            assertThat(setting(database, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(database, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(setting(database, "unix_socket_directories")).isEmpty();
        }
    }

    @Test
    void aForeignServerOnThePortIsRefused() throws IOException {
        Files.writeString(directory.resolve("postgres.port"), Integer.toString(TestDatabase.port()));

        assertThatThrownBy(() -> EmbeddedDatabase.start(directory))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("belongs to another program");
    }

    @Test
    void aSecondProcessInTheSameDirectoryIsRefused() {
        try (var running = EmbeddedDatabase.start(directory)) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(directory))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("Another Upnext runs in");
        }
    }

    @Test
    void aFirstStartThatWasInterruptedIsSetAside() throws Exception {
        var unfinished = Files.createDirectory(directory.resolve("postgres"));
        Files.writeString(unfinished.resolve("postgresql.conf"), "half of it");

        try (var database = EmbeddedDatabase.start(directory);
                var left = Files.list(directory)) {
            assertThat(setting(database, "server_version")).startsWith("17.");
            assertThat(left.map(path -> path.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("postgres-unfinished-"));
        }
    }

    @Test
    void aPidFileThatNamesAnyOtherProcessIsOnlyDeleted() throws Exception {
        try (var database = EmbeddedDatabase.start(directory)) {
            write(database, "kept");
        }
        var files = directory.toRealPath().resolve("postgres");
        Files.writeString(
                files.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + files + "\n");

        try (var restarted = EmbeddedDatabase.start(directory)) {
            assertThat(read(restarted)).isEqualTo("kept");
        }
    }

    private Process startInAnotherProcess() throws IOException {
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WritesAndWaits.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        var output = new BufferedReader(new InputStreamReader(process.getInputStream()));
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals(WritesAndWaits.READY)) {
                return process;
            }
        }
        throw new AssertionError("The other process ended before it was ready");
    }

    private ProcessHandle serverProcess() throws IOException {
        var pid =
                Files.readAllLines(directory.resolve("postgres/postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static void write(EmbeddedDatabase database, String text) throws SQLException {
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), EmbeddedDatabase.USER, "");
                var statement = connection.createStatement()) {
            statement.execute("create table note (text text)");
            statement.execute("insert into note values ('" + text + "')");
        }
    }

    private static String read(EmbeddedDatabase database) throws SQLException {
        return query(database, "select text from note");
    }

    private static String setting(EmbeddedDatabase database, String name) throws SQLException {
        return query(database, "show " + name);
    }

    private static String query(EmbeddedDatabase database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), EmbeddedDatabase.USER, "");
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    /** The process that gets killed. */
    static class WritesAndWaits {

        static final String READY = "ready to be killed";

        public static void main(String[] arguments) throws Exception {
            write(EmbeddedDatabase.start(Path.of(arguments[0])), "written before the kill");
            System.out.println(READY);
            TimeUnit.MINUTES.sleep(5);
        }
    }
}
