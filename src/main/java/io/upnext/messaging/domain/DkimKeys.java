package io.upnext.messaging.domain;

import io.upnext.messaging.Times;
import io.upnext.security.Secrets;
import io.upnext.shared.ConflictException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The stored keys; the private halves are encrypted and never leave the product. */
@Component
class DkimKeys {

    private static final String PURPOSE = "dkim-key";

    private final JdbcClient jdbc;
    private final Secrets secrets;

    DkimKeys(JdbcClient jdbc, Secrets secrets) {
        this.jdbc = jdbc;
        this.secrets = secrets;
    }

    /** A key that signs. @param privateKey PKCS #8 in base64, encrypted */
    record Signing(String domain, String selector, String privateKey) {}

    Paged<DkimKey> list(PageQuery page, String direction) {
        List<DkimKey> items = jdbc.sql(
                        "select * from dkim_key order by domain " + direction + ", selector, id limit ? offset ?")
                .params(page.size(), page.offset())
                .query(DkimKeys::key)
                .list();
        long total = jdbc.sql("select count(*) from dkim_key").query(Long.class).single();
        return Paged.of(items, page, total);
    }

    Optional<DkimKey> find(UUID id) {
        return jdbc.sql("select * from dkim_key where id = ?")
                .param(id)
                .query(DkimKeys::key)
                .optional();
    }

    Optional<DkimKey> find(String domain, String selector) {
        return jdbc.sql("select * from dkim_key where domain = ? and selector = ?")
                .params(domain, selector)
                .query(DkimKeys::key)
                .optional();
    }

    /** The key of a domain that signs, or else the newest. */
    Optional<DkimKey> current(String domain) {
        return jdbc.sql("select * from dkim_key where domain = ? order by enabled desc, created_at desc, id limit 1")
                .param(domain)
                .query(DkimKeys::key)
                .optional();
    }

    /**
     * @param privateKey PKCS #8 in base64, in clear
     * @throws ConflictException where the domain has such a selector
     */
    void insert(DkimKey key, String privateKey, String publicKey) {
        try {
            jdbc.sql("""
                            insert into dkim_key (id, domain, selector, private_key, public_key, enabled, created_at)
                            values (?, ?, ?, ?, ?, false, ?)
                            """)
                    .params(
                            key.id(),
                            key.domain(),
                            key.selector(),
                            secrets.encrypt(PURPOSE, privateKey),
                            publicKey,
                            Times.sql(key.createdAt()))
                    .update();
        } catch (DuplicateKeyException e) {
            ConflictException conflict = new ConflictException("The domain '" + key.domain()
                    + "' has a key with the selector '" + key.selector() + "' already; choose another selector.");
            conflict.initCause(e);
            throw conflict;
        }
    }

    /** Enabling one disables the domain's others. */
    void enable(DkimKey key, boolean enabled) {
        if (enabled) {
            jdbc.sql("update dkim_key set enabled = false where domain = ? and enabled and id <> ?")
                    .params(key.domain(), key.id())
                    .update();
        }
        jdbc.sql("update dkim_key set enabled = ? where id = ?")
                .params(enabled, key.id())
                .update();
    }

    void delete(UUID id) {
        jdbc.sql("delete from dkim_key where id = ?").param(id).update();
    }

    List<Signing> signing() {
        return jdbc.sql("select domain, selector, private_key from dkim_key where enabled")
                .query((row, number) -> new Signing(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    /**
     * @throws IllegalArgumentException where the product's key has changed since it was stored
     */
    String decrypt(Signing key) {
        return secrets.decrypt(PURPOSE, key.privateKey());
    }

    private static DkimKey key(ResultSet row, int number) throws SQLException {
        return new DkimKey(
                row.getObject("id", UUID.class),
                row.getString("domain"),
                row.getString("selector"),
                row.getBoolean("enabled"),
                Times.read(row, "created_at"),
                row.getString("public_key"));
    }
}
