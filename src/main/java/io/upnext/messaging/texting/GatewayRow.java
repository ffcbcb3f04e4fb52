package io.upnext.messaging.texting;

import io.upnext.messaging.Times;
import io.upnext.security.Secrets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The one row of {@code text_gateway}, and the secret in it. */
@Component
class GatewayRow {

    private static final String SECRET_PURPOSE = "text-gateway";
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private final JdbcClient jdbc;
    private final Secrets secrets;
    private final Clock clock;

    GatewayRow(JdbcClient jdbc, Secrets secrets, Clock clock) {
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.clock = clock;
    }

    Optional<GatewaySettings> find() {
        return jdbc.sql("select * from text_gateway")
                .query(GatewayRow::settings)
                .optional();
    }

    /** Saves what people may change; that also starts a stopped gateway again. */
    void save(GatewaySettings settings) {
        jdbc.sql("""
                        insert into text_gateway (account_sid, auth_token, sender, base_url, updated_at)
                        values (:account, :token, :sender, :url, :now)
                        on conflict (only_row) do update set account_sid = :account, auth_token = :token,
                            sender = :sender, base_url = :url, updated_at = :now, stopped = false, error = null,
                            paused_until = null, failures = 0, version = text_gateway.version + 1
                        """)
                .param("account", settings.accountSid())
                .param("token", settings.token())
                .param("sender", settings.sender())
                .param("url", settings.baseUrl())
                .param("now", Times.sql(clock.instant()))
                .update();
    }

    void delete() {
        jdbc.sql("delete from text_gateway").update();
    }

    /** It refused the log-in or the sender: nothing leaves until a person has put it right. */
    void stop(GatewaySettings settings, String error) {
        jdbc.sql("update text_gateway set stopped = true, error = ?, version = version + 1 where version = ?")
                .params(error, settings.version())
                .update();
    }

    /** Left alone for a pause that grows with every failure in a row; threads that fail together count once. @param atLeast what it asked for; may be null */
    void pause(GatewaySettings settings, String error, Duration atLeast) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(settings.failures(), 6));
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        if (atLeast != null && atLeast.compareTo(pause) > 0) {
            pause = atLeast;
        }
        jdbc.sql("update text_gateway set paused_until = ?, failures = failures + 1, error = ?"
                        + " where version = ? and failures = ?")
                .params(Times.sql(clock.instant().plus(pause)), error, settings.version(), settings.failures())
                .update();
    }

    /** It works (again). */
    void works() {
        jdbc.sql("""
                        update text_gateway set stopped = false, paused_until = null, failures = 0, error = null
                        where stopped or failures > 0 or error is not null
                        """).update();
    }

    String encrypt(String token) {
        return secrets.encrypt(SECRET_PURPOSE, token);
    }

    /** The token in clear, for the conversation with the gateway only. */
    String token(GatewaySettings settings) {
        return secrets.decrypt(SECRET_PURPOSE, settings.token());
    }

    private static GatewaySettings settings(ResultSet row, int number) throws SQLException {
        return new GatewaySettings(
                row.getString("account_sid"),
                row.getString("auth_token"),
                row.getString("sender"),
                row.getString("base_url"),
                row.getBoolean("stopped"),
                row.getString("error"),
                Times.read(row, "paused_until"),
                row.getInt("failures"),
                row.getLong("version"));
    }
}
