package io.upnext.enrollment.audience;

import io.upnext.enrollment.ChangedRecords;
import io.upnext.enrollment.audience.MemberRows.Only;
import io.upnext.shared.RecordId;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Lets the audiences that connect on change look at records that changed. */
@Component
class ChangesLook implements ChangedRecords {

    private final AudienceRows audiences;
    private final Evaluation evaluation;

    ChangesLook(AudienceRows audiences, Evaluation evaluation) {
        this.audiences = audiences;
        this.evaluation = evaluation;
    }

    @Override
    public boolean interested() {
        return audiences.interest().changes();
    }

    @Override
    public boolean interestedInSequences() {
        return audiences.interest().sequences();
    }

    @Override
    public boolean interestedInActivity() {
        return audiences.interest().activity();
    }

    /** Evaluations lock an audience and then enrollments that are to end; so does everybody else. */
    @Override
    public void prepare() {
        if (interested()) {
            audiences.lockOnChange();
        }
    }

    @Override
    public void look(Set<RecordId> changed) {
        Only only = Only.of(changed);
        audiences.onChange().forEach(id -> audiences
                .lock(id)
                .filter(audience -> audience.enabled() && audience.onChange())
                .ifPresent(audience -> evaluation.changed(audience, only)));
    }
}
