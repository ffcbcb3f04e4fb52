package io.upnext;

import java.time.ZoneOffset;
import java.util.TimeZone;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Upnext as one process; any number of them run against the same database. */
@SpringBootApplication
public class UpnextApplication {

    public static void main(String[] arguments) {
        runInUtc();
        SpringApplication.run(UpnextApplication.class, arguments);
    }

    /** Zones are always explicit; a server's local zone must not leak into the engine or the driver. */
    private static void runInUtc() {
        TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
    }
}
