package io.upnext.messaging.web;

import io.upnext.messaging.MailEvent.Refusal;
import io.upnext.messaging.pacing.RefusedMails;
import io.upnext.messaging.pacing.SendingSwitch;
import io.upnext.record.Records;
import io.upnext.security.Access;
import io.upnext.security.Right;
import io.upnext.web.Flash;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The administrator's page of the switch that stops all sending, with what is sent and planned a day. */
@Controller
@RequestMapping("/admin/sending")
class SendingPages {

    private final SendingSwitch sending;
    private final RefusedMails refused;
    private final Records records;
    private final Access access;

    SendingPages(SendingSwitch sending, RefusedMails refused, Records records, Access access) {
        this.sending = sending;
        this.refused = refused;
        this.records = records;
        this.access = access;
    }

    @GetMapping
    String show(Model model) {
        access.current().require(Right.ADMINISTER);
        model.addAttribute("stopped", sending.stopped());
        SortedMap<LocalDate, Map<Refusal, Long>> refusedOn = refused.byDay(access.current());
        model.addAttribute("days", days(refusedOn.keySet()));
        model.addAttribute("refusedOn", refusedOn);
        List<RefusedMails.Refused> newest = refused.newest(access.current());
        model.addAttribute("refusals", refused.counts(access.current()));
        model.addAttribute("refused", newest);
        model.addAttribute(
                "records",
                records.findAll(
                        newest.stream().map(RefusedMails.Refused::record).collect(Collectors.toSet())));
        return "messaging/sending";
    }

    /** Also those on which nothing happened but that mails were refused. */
    private Collection<SendingSwitch.Day> days(Set<LocalDate> alsoOf) {
        SortedMap<LocalDate, SendingSwitch.Day> days = new TreeMap<>();
        alsoOf.forEach(date -> days.put(date, new SendingSwitch.Day(date, 0, 0)));
        sending.days(access.current()).forEach(day -> days.put(day.date(), day));
        return days.values();
    }

    @PostMapping("/stop")
    String stop(RedirectAttributes redirect) {
        return change(true, "pace.switch.stopped", redirect);
    }

    @PostMapping("/go-on")
    String goOn(RedirectAttributes redirect) {
        return change(false, "pace.switch.goes-on", redirect);
    }

    private String change(boolean stopped, String said, RedirectAttributes redirect) {
        sending.stop(access.current(), stopped);
        Flash.done(redirect, said);
        return "redirect:/admin/sending";
    }
}
