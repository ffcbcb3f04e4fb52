package io.upnext.enrollment.audience;

import io.upnext.enrollment.RecordRef;
import io.upnext.enrollment.audience.AudienceMember.State;
import io.upnext.record.CrmRecord;
import io.upnext.record.Fields;
import io.upnext.record.RecordSelections;
import io.upnext.record.Records;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.sequence.Sequences;
import io.upnext.shared.AudienceId;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.RecordId;
import io.upnext.shared.RecordType;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The records of audiences: whom one would find, and whom it holds. */
@Component
public class AudienceRecords {

    private static final int SAMPLE = 10;

    private final AudienceAccess access;
    private final DraftReading drafts;
    private final MemberRows members;
    private final Sequences sequences;
    private final RecordSelections selections;
    private final Records records;
    private final Fields fields;

    AudienceRecords(
            AudienceAccess access,
            DraftReading drafts,
            MemberRows members,
            Sequences sequences,
            RecordSelections selections,
            Records records,
            Fields fields) {
        this.access = access;
        this.drafts = drafts;
        this.members = members;
        this.sequences = sequences;
        this.selections = selections;
        this.records = records;
        this.fields = fields;
    }

    /** What somebody is about to save would find now; name and time do not matter. */
    public AudiencePreview preview(CurrentUser user, AudienceDraft draft) {
        user.require(Right.MANAGE_AUDIENCES);
        DraftReading.Sought sought = drafts.sought(user, draft);
        RecordType found = sought.recordType();
        RecordSelections.Count count = selections.count(sought.selection(), fields.connectableStates(found));
        return new AudiencePreview(
                found,
                count.total(),
                count.inStates(),
                members.inSequence(sought.selection(), sought.sequence()),
                refs(user, selections.sample(sought.selection(), SAMPLE), found));
    }

    public AudiencePreview preview(CurrentUser user, AudienceId id) {
        return preview(user, AudienceDraft.of(access.seen(user, id), false));
    }

    /** The records it holds, those who entered last first. @param state null for all */
    public Paged<AudienceMember> members(CurrentUser user, AudienceId id, State state, PageQuery page) {
        Audience audience = access.seen(user, id);
        if (!page.sort().isEmpty()) {
            throw new InvalidException("Those who entered last come first; leave 'sort' out.");
        }
        Map<State, Long> counts = members.counts(List.of(id)).getOrDefault(id, Map.of());
        long total = state == null
                ? counts.values().stream().mapToLong(Long::longValue).sum()
                : counts.getOrDefault(state, 0L);
        List<MemberRows.Member> found = members.list(id, state, page);
        RecordType type = sequences
                .find(audience.sequence())
                .map(sequence -> sequence.recordType())
                .orElse(audience.recordType());
        Map<RecordId, CrmRecord> known =
                records.findAll(found.stream().map(MemberRows.Member::record).toList());
        List<AudienceMember> shown = found.stream()
                .map(member -> new AudienceMember(
                        ref(user, member.record(), type, known.get(member.record())),
                        member.state(),
                        member.enteredAt(),
                        member.enrollment(),
                        member.problem()))
                .toList();
        return Paged.of(shown, page, total);
    }

    private List<RecordRef> refs(CurrentUser user, List<RecordId> ids, RecordType type) {
        Map<RecordId, CrmRecord> known = records.findAll(ids);
        return ids.stream().map(id -> ref(user, id, type, known.get(id))).toList();
    }

    private RecordRef ref(CurrentUser user, RecordId id, RecordType type, CrmRecord record) {
        boolean shown = record != null && records.visible(user, record);
        return new RecordRef(type, id, shown ? record.name() : null);
    }
}
