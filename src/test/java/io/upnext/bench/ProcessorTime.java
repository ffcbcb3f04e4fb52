package io.upnext.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Processor time spent so far, in milliseconds. Says more than the clock on a machine that others use, too.
 *
 * @param process of this process
 * @param compilers of that, by the compilers of the virtual machine: it becomes less the longer the process runs
 * @param database by the PostgreSQL server with all its processes
 */
record ProcessorTime(long process, long compilers, long database) {

    private static final long MILLIS_PER_TICK = 10;

    static ProcessorTime now(JdbcClient jdbc) {
        long backend = jdbc.sql("select pg_backend_pid()").query(Long.class).single();
        long database = ProcessHandle.of(backend)
                .flatMap(ProcessHandle::parent)
                .map(server -> Stream.concat(Stream.of(server), server.descendants())
                        .mapToLong(ProcessorTime::of)
                        .sum())
                .orElse(0L);
        return new ProcessorTime(of(ProcessHandle.current()), compilerThreads(), database);
    }

    String since(ProcessorTime before, int items) {
        return "Processor time an item: process %.1f ms (of it compiling %.1f ms), PostgreSQL %.1f ms"
                .formatted(
                        (double) (process - before.process) / items,
                        (double) (compilers - before.compilers) / items,
                        (double) (database - before.database) / items);
    }

    private static long of(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
    }

    private static long compilerThreads() {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return threads.mapToLong(ProcessorTime::ifCompiler).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long ifCompiler(Path thread) {
        try {
            String line = Files.readString(thread.resolve("stat"));
            if (!line.contains("CompilerThre")) {
                return 0;
            }
            // After the name in brackets: state is the first field, user and system time the 12th and 13th.
            List<String> fields =
                    List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
            return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) * MILLIS_PER_TICK;
        } catch (IOException e) {
            return 0; // It has just ended
        }
    }
}
