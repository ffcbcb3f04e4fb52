package io.upnext.enrollment;

import io.upnext.enrollment.Enrollment.Reason;
import io.upnext.operation.Worker;
import io.upnext.operation.Workers;
import io.upnext.record.CrmRecord;
import io.upnext.sequence.Versions;
import io.upnext.shared.EnrollmentId;
import io.upnext.shared.RecordType;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Ends the enrollments of an account's other records when one of them replied, where their sequence says so
 * ({@code exitOnAccountReply}). A reply is noted in its own transaction and looked at in another: so two replies of one
 * account never wait for each other's enrollments.
 */
@Component
class AccountReplies implements Worker {

    private static final String NAME = "account-replies";
    private static final int BATCH = 50;

    private final JdbcClient jdbc;
    private final EnrollmentRows enrollments;
    private final Versions versions;
    private final Exits exits;
    private final Retries retries;
    private final Workers workers;

    AccountReplies(
            JdbcClient jdbc,
            EnrollmentRows enrollments,
            Versions versions,
            Exits exits,
            Retries retries,
            Workers workers) {
        this.jdbc = jdbc;
        this.enrollments = enrollments;
        this.versions = versions;
        this.exits = exits;
        this.retries = retries;
        this.workers = workers;
    }

    private record Reply(long id, UUID account, EnrollmentId by) {}

    /** Joins the caller's transaction. */
    void note(EnrollmentContext context) {
        UUID account =
                context.graph() == null ? null : accountOf(context.graph().record());
        if (account != null) {
            jdbc.sql("insert into account_reply (account_id, enrollment) values (?, ?)")
                    .params(account, context.enrollment().id().value())
                    .update();
            workers.wake(NAME);
        }
    }

    private static UUID accountOf(CrmRecord record) {
        if (record.type() == RecordType.ACCOUNT) {
            return record.id().value();
        }
        String account = record.text("account");
        return account == null ? null : UUID.fromString(account);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean hasWork() {
        return jdbc.sql("select exists (select 1 from account_reply)")
                .query(Boolean.class)
                .single();
    }

    @Override
    public int runOnce() {
        return retries.inTransaction(() -> {
            List<Reply> replies = take();
            replies.forEach(reply -> enrollments.runningOfAccount(reply.account()).stream()
                    .filter(enrollment -> !enrollment.id().equals(reply.by()))
                    .filter(enrollment ->
                            versions.index(enrollment.version()).options().exitOnAccountReply())
                    .forEach(enrollment -> exits.request(enrollment.id(), Reason.REPLIED)));
            return replies.size();
        });
    }

    private List<Reply> take() {
        return jdbc.sql("""
                        delete from account_reply where id in
                            (select id from account_reply order by id limit ? for update skip locked)
                        returning id, account_id, enrollment
                        """)
                .param(BATCH)
                .query((row, i) -> new Reply(
                        row.getLong(1), row.getObject(2, UUID.class), new EnrollmentId(row.getObject(3, UUID.class))))
                .list();
    }
}
