package io.upnext.enrollment;

import io.upnext.record.RecordGraph;
import io.upnext.record.Records;
import io.upnext.sequence.Versions;
import io.upnext.shared.filter.Filter;
import org.springframework.stereotype.Component;

/** The filters on records that end enrollments. */
@Component
class ExitFilters {

    private final Versions versions;
    private final Records records;

    ExitFilters(Versions versions, Records records) {
        this.versions = versions;
        this.records = records;
    }

    boolean has(Enrollment enrollment) {
        return filter(enrollment) != null;
    }

    /** @param graph null, where the record is gone, meets no filter */
    boolean met(Enrollment enrollment, RecordGraph graph) {
        Filter filter = filter(enrollment);
        return filter != null && graph != null && records.matches(filter, graph);
    }

    private Filter filter(Enrollment enrollment) {
        return versions.index(enrollment.version()).options().exitWhen();
    }
}
