package io.upnext.enrollment.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.enrollment.MigrationRequest.DueTimes;
import io.upnext.enrollment.Migrations;
import io.upnext.security.Access;
import io.upnext.shared.InvalidException;
import io.upnext.shared.OperationId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.SequenceId;
import java.util.List;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Moving enrollments to the newest version; with {@code dryRun} only the plan of it. */
@RestController
@RequestMapping("/api/v1/sequences/{id}/migrations")
class MigrationController {

    private static final int MOST_ENROLLMENTS = 100_000;

    private final Migrations migrations;
    private final Access access;

    MigrationController(Migrations migrations, Access access) {
        this.migrations = migrations;
        this.access = access;
    }

    /** @param removedSteps see {@link RemovedSteps} */
    record Body(
            Integer fromVersion,
            Integer toVersion,
            List<String> enrollmentIds,
            JsonNode removedSteps,
            DueTimes dueTimes,
            Boolean dryRun) {}

    record Started(OperationId operation) {}

    @PostMapping
    ResponseEntity<Object> migrate(@PathVariable SequenceId id, @RequestBody Body body, PageQuery page) {
        Migrations.Wanted wanted = wanted(id, body);
        if (Boolean.TRUE.equals(body.dryRun())) {
            return ResponseEntity.ok(migrations.plan(access.current(), wanted, page));
        }
        return ResponseEntity.accepted().body(new Started(migrations.submit(access.current(), wanted)));
    }

    private static Migrations.Wanted wanted(SequenceId id, Body body) {
        if (body.fromVersion() == null || body.toVersion() == null) {
            throw new InvalidException("'fromVersion' and 'toVersion' are needed: numbers of two versions.");
        }
        checkIds(body.enrollmentIds());
        RemovedSteps removed = RemovedSteps.read(body.removedSteps());
        return new Migrations.Wanted(
                id,
                body.fromVersion(),
                body.toVersion(),
                body.enrollmentIds(),
                removed.byStep(),
                removed.otherwise(),
                body.dueTimes());
    }

    private static void checkIds(List<String> ids) {
        if (ids == null) {
            return;
        }
        if (ids.stream().anyMatch(Objects::isNull) || ids.stream().anyMatch(id -> id.indexOf('\0') >= 0)) {
            throw new InvalidException("'enrollmentIds' holds something that is no id; give a list of ids.");
        }
        if (ids.size() > MOST_ENROLLMENTS) {
            throw new InvalidException("'enrollmentIds' holds " + ids.size() + " ids; at most " + MOST_ENROLLMENTS
                    + " are taken at once; leave it out for all.");
        }
    }
}
