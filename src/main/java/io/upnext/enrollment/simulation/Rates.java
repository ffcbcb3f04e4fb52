package io.upnext.enrollment.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.shared.InvalidException;
import java.util.Map;

/**
 * How people are taken to behave, each a share from 0 to 1.
 *
 * @param replied of each mail; so the others, unless they say so
 * @param calls by call outcome; what is left of 1 is {@code NO_ANSWER}
 * @param conditions for how many a condition on a field or stage holds that no record answers
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rates(
        Double opened,
        Double clicked,
        Double replied,
        Double attachmentOpened,
        Double unsubscribed,
        Double bounced,
        Map<String, Double> calls,
        Double conditions) {

    private static final double HALF = 0.5;

    /** Usual ones of outbound sales mail. */
    public static final Rates USUAL = new Rates(0.4, 0.05, 0.05, 0.02, 0.005, 0.02, Map.of("CONNECTED", 0.3), HALF);

    /** What was left out is as usual. */
    public Rates orUsual() {
        return new Rates(
                or(opened, USUAL.opened),
                or(clicked, USUAL.clicked),
                or(replied, USUAL.replied),
                or(attachmentOpened, USUAL.attachmentOpened),
                or(unsubscribed, USUAL.unsubscribed),
                or(bounced, USUAL.bounced),
                calls == null ? USUAL.calls : calls,
                or(conditions, USUAL.conditions));
    }

    private static Double or(Double chosen, Double usual) {
        return chosen == null ? usual : chosen;
    }

    /** @throws InvalidException naming the first that is no share */
    public void check() {
        share("opened", opened);
        share("clicked", clicked);
        share("replied", replied);
        share("attachmentOpened", attachmentOpened);
        share("unsubscribed", unsubscribed);
        share("bounced", bounced);
        share("conditions", conditions);
        if (calls == null) {
            return;
        }
        calls.forEach((outcome, rate) -> {
            if (rate == null) {
                throw new InvalidException("'rates.calls." + outcome + "' must be a share from 0 to 1.");
            }
            share("calls." + outcome, rate);
        });
        if (calls.values().stream().mapToDouble(Double::doubleValue).sum() > 1.000001) {
            throw new InvalidException("'rates.calls' must not be more than 1 together.");
        }
    }

    private static void share(String name, Double rate) {
        if (rate != null && !(rate >= 0 && rate <= 1)) {
            throw new InvalidException("'rates." + name + "' must be a share from 0 to 1, such as 0.25.");
        }
    }
}
