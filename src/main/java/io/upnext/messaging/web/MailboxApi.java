package io.upnext.messaging.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.messaging.MailLimits;
import io.upnext.messaging.mailbox.MailboxAdministration;
import io.upnext.messaging.mailbox.MailboxAdministration.Draft;
import io.upnext.messaging.mailbox.MailboxAdministration.ServerDraft;
import io.upnext.messaging.mailbox.MailboxAdministration.Shown;
import io.upnext.messaging.mailbox.MailboxCheck;
import io.upnext.security.Access;
import io.upnext.shared.MailboxId;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.SendWindow;
import io.upnext.shared.UserId;
import io.upnext.shared.WrittenWindow;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/mailboxes}; passwords are taken and never given. */
@RestController
@RequestMapping("/api/v1/mailboxes")
class MailboxApi {

    private final MailboxAdministration administration;
    private final Access access;

    MailboxApi(MailboxAdministration administration, Access access) {
        this.administration = administration;
        this.access = access;
    }

    /** A mailbox as one sends it; what only the server says is left out of account. */
    @JsonIgnoreProperties({"id", "state", "error", "warning"})
    record Body(
            String address,
            String name,
            UserId owner,
            ServerDraft smtp,
            ServerDraft imap,
            Boolean tracking,
            WindowBody window,
            Integer dailyCap,
            Integer minGapSeconds,
            RampBody ramp) {

        Draft draft() {
            return new Draft(address, name, owner, smtp, imap, tracking, limits());
        }

        private MailLimits limits() {
            return new MailLimits(
                    window == null ? null : window.written(),
                    dailyCap,
                    minGapSeconds,
                    ramp == null ? null : new MailLimits.Ramp(ramp.start, ramp.add, null));
        }
    }

    /** Days are names or, as in sequences, ISO numbers. */
    record WindowBody(List<JsonNode> days, String from, String to, SendWindow.Zone zone) {

        private WrittenWindow written() {
            List<String> names =
                    days == null ? null : days.stream().map(JsonNode::asText).toList();
            return new WrittenWindow(names, from, to, zone);
        }
    }

    /** Its first day is not for callers to choose. */
    @JsonIgnoreProperties("since")
    record RampBody(Integer start, Integer add) {}

    @GetMapping
    Paged<Shown> list(PageQuery page) {
        return administration.list(access.current(), page);
    }

    @GetMapping("/{id}")
    Shown one(@PathVariable MailboxId id) {
        return administration.get(access.current(), id);
    }

    @PostMapping
    ResponseEntity<Shown> create(@RequestBody Body body) {
        Shown mailbox = administration.create(access.current(), body.draft());
        return ResponseEntity.created(URI.create("/api/v1/mailboxes/" + mailbox.id()))
                .body(mailbox);
    }

    @PutMapping("/{id}")
    Shown replace(@PathVariable MailboxId id, @RequestBody Body body) {
        return administration.update(access.current(), id, body.draft());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable MailboxId id) {
        administration.delete(access.current(), id);
    }

    @PostMapping("/{id}/test")
    MailboxCheck.Result test(@PathVariable MailboxId id) {
        return administration.test(access.current(), id);
    }
}
