package io.upnext.messaging.web;

import io.upnext.messaging.MailLimits;
import io.upnext.messaging.mailbox.MailboxAdministration.Shown;
import io.upnext.shared.SendWindow;
import io.upnext.shared.WrittenWindow;
import java.util.List;
import java.util.Set;

/** The limits of a mailbox as fields of a form; what is left empty is not limited. */
record LimitsForm(
        List<String> days,
        String from,
        String to,
        SendWindow.Zone zone,
        Integer dailyCap,
        Integer minGapSeconds,
        Integer rampStart,
        Integer rampAdd) {

    static final Set<String> FIELDS = Set.of("window", "dailyCap", "minGapSeconds", "ramp");
    static final LimitsForm NONE = new LimitsForm(null, null, null, null, null, null, null, null);

    static LimitsForm of(Shown mailbox) {
        WrittenWindow window = mailbox.window();
        MailLimits.Ramp ramp = mailbox.ramp();
        return new LimitsForm(
                window == null ? null : window.days(),
                window == null ? null : window.from(),
                window == null ? null : window.to(),
                window == null ? null : window.zone(),
                mailbox.dailyCap(),
                mailbox.minGapSeconds(),
                ramp == null ? null : ramp.start(),
                ramp == null ? null : ramp.add());
    }

    MailLimits limits() {
        boolean noWindow = (days == null || days.isEmpty()) && Forms.orNull(from) == null && Forms.orNull(to) == null;
        return new MailLimits(
                noWindow ? null : new WrittenWindow(days, Forms.orNull(from), Forms.orNull(to), zone),
                dailyCap,
                minGapSeconds,
                rampStart == null && rampAdd == null ? null : new MailLimits.Ramp(rampStart, rampAdd, null));
    }
}
