package io.upnext.messaging.tracking;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The stored targets of tracked links; each address is stored once. */
@Component
public class Links {

    private static final int CACHED = 5_000;

    private final JdbcClient jdbc;
    private final Map<String, Long> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > CACHED;
        }
    };

    Links(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The id of an address, stored if it is new. */
    public long idOf(String url) {
        synchronized (known) {
            Long id = known.get(url);
            if (id != null) {
                return id;
            }
        }
        long id = store(url);
        synchronized (known) {
            known.put(url, id);
        }
        return id;
    }

    private long store(String url) {
        byte[] hash = hash(url);
        jdbc.sql("insert into mail_link (hash, url) values (?, ?) on conflict (hash) do nothing")
                .params(hash, url)
                .update();
        return jdbc.sql("select id from mail_link where hash = ?")
                .param(hash)
                .query(Long.class)
                .single();
    }

    public Optional<String> target(long id) {
        return jdbc.sql("select url from mail_link where id = ?")
                .param(id)
                .query(String.class)
                .optional();
    }

    private static byte[] hash(String url) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(url.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
