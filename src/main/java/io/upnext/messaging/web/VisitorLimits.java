package io.upnext.messaging.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much one address may ask of the links in mails: generous, since the picture proxies of large providers ask for many
 * people, but no flood reaches the database. Remembers a bounded number of addresses, the ones seen last.
 */
final class VisitorLimits {

    private static final int BURST = 1_000;
    private static final double PER_SECOND = 50;
    private static final int ADDRESSES = 20_000;

    private final Clock realTime;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > ADDRESSES;
        }
    };

    private static final class Bucket {
        private double left = BURST;
        private Instant at;

        private Bucket(Instant at) {
            this.at = at;
        }
    }

    VisitorLimits(Clock realTime) {
        this.realTime = realTime;
    }

    /** False where the address has asked too much lately. */
    synchronized boolean allows(String address) {
        Instant now = realTime.instant();
        Bucket bucket = buckets.computeIfAbsent(network(address), key -> new Bucket(now));
        double seconds = Math.max(0, Duration.between(bucket.at, now).toMillis() / 1000.0);
        bucket.left = Math.min(BURST, bucket.left + seconds * PER_SECOND);
        bucket.at = now;
        if (bucket.left < 1) {
            return false;
        }
        bucket.left--;
        return true;
    }

    synchronized int size() {
        return buckets.size();
    }

    /** Of an IPv6 address its first 64 bits: the rest is free to whoever has them. */
    private static String network(String address) {
        String[] groups = address.split(":");
        return groups.length < 5 ? address : String.join(":", groups[0], groups[1], groups[2], groups[3]);
    }
}
