package io.upnext.enrollment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.enrollment.abtest.Variant;
import io.upnext.sequence.Step;
import io.upnext.shared.Principal;
import java.time.Instant;
import java.util.List;

/**
 * What a sequence would do with a record, branch by branch, if people did each step when it is due. A branch is written
 * as the decisions that lead to it, such as {@code replied:NO}.
 *
 * @param truncated there are more entries than are shown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Plan(List<Entry> entries, List<End> ends, boolean truncated) {

    /**
     * @param at when the step begins; of a mail the earliest moment it can leave
     * @param until when a wait ends, a manual step is due, or a condition reaches its limit
     * @param kind the step's type
     * @param mail the mail as this record would get it
     * @param assignee whose a manual step is, the stand-in of who is away then, or who sends
     * @param problem why the mail could not be written or would not be sent
     * @param mayMove the days of who does the step hold a number of steps only: a full one moves it on
     * @param variants of an A/B test that is not decided: both mails, of which the record gets one; {@code mail} is A
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            StepRunView.Info step,
            Instant at,
            Instant until,
            List<String> branch,
            Step.Type kind,
            Mail mail,
            Principal assignee,
            String problem,
            List<VariantMail> variants,
            Boolean mayMove) {}

    public record Mail(String subject, String html) {}

    public record VariantMail(Variant variant, Mail mail) {}

    /** @param reason {@code COMPLETED} or {@code ADVANCED} */
    public record End(Instant at, List<String> branch, Enrollment.Reason reason) {}
}
