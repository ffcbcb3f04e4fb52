package io.upnext.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One PostgreSQL server for all tests of the JVM; every caller gets an empty database in it. */
public final class TestDatabase {

    public static final String USER = "postgres";

    private static final AtomicInteger created = new AtomicInteger();

    private TestDatabase() {}

    /** Creates an empty database and returns its JDBC URL, user and password in it. */
    public static String create() {
        var name = "test_" + created.incrementAndGet();
        JdbcClient.create(Server.RUNNING.getPostgresDatabase())
                .sql("create database " + name)
                .update();
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s".formatted(port(), name, USER);
    }

    public static int port() {
        return Server.RUNNING.getPort();
    }

    private static final class Server {

        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                var server = EmbeddedPostgres.builder()
                        .setRegisterShutdownHook(false)
                        .setLocaleConfig("locale", "C")
                        .setLocaleConfig("locale-provider", "builtin")
                        .setLocaleConfig("builtin-locale", "C.UTF-8")
                        .setServerConfig("full_page_writes", "off")
                        .start();
                closeAfterTheContexts(server);
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A hook of the JVM would run while the contexts still close, and leave them waiting for connections. */
        private static void closeAfterTheContexts(EmbeddedPostgres server) {
            SpringApplication.getShutdownHandlers().add(() -> {
                try {
                    server.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
