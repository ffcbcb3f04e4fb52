package io.upnext.enrollment;

import io.upnext.record.SequenceMembership;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The product's answers to filters about sequences, over any database that has the tables. */
public final class TestMemberships {

    private TestMemberships() {}

    public static SequenceMembership over(JdbcClient jdbc) {
        return new Memberships(jdbc, null);
    }
}
