package io.upnext.messaging.web;

import io.upnext.messaging.Attachments;
import io.upnext.messaging.Attachments.Attachment;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import io.upnext.security.Users;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.ProblemException;
import io.upnext.web.Flash;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The attachments that mails and steps can take: the list, with upload and delete. */
@Controller
@RequestMapping("/mail-attachments")
class AttachmentPages {

    private final Attachments attachments;
    private final Users users;
    private final Access access;

    AttachmentPages(Attachments attachments, Users users, Access access) {
        this.attachments = attachments;
        this.users = users;
        this.access = access;
    }

    @GetMapping
    String list(@RequestParam(required = false) String q, PageQuery page, Model model) {
        CurrentUser user = access.current();
        var list = attachments.list(q, page);
        Map<String, String> owners = new HashMap<>();
        for (Attachment attachment : list.items()) {
            users.find(attachment.owner())
                    .ifPresent(owner -> owners.put(attachment.owner().toString(), owner.name()));
        }
        model.addAttribute("q", q);
        model.addAttribute("list", list);
        model.addAttribute("owners", owners);
        model.addAttribute("me", user.id().toString());
        model.addAttribute("mayAdd", user.may(Right.MANAGE_MAIL_TEMPLATES) || user.may(Right.CREATE_SEQUENCES));
        return "messaging/attachments";
    }

    @PostMapping
    String upload(
            @RequestParam MultipartFile file, Model model, HttpServletResponse response, RedirectAttributes redirect)
            throws IOException {
        try {
            Attachment added = attachments.create(access.current(), file.getOriginalFilename(), file.getBytes());
            Flash.done(redirect, "writing.attachment.added", added.name());
            return "redirect:/mail-attachments";
        } catch (ProblemException e) {
            Forms.refused(model, response, e);
            return list(null, PageQuery.first(50), model);
        }
    }

    @GetMapping("/{id}")
    ResponseEntity<byte[]> content(@PathVariable UUID id) {
        access.current();
        Attachment attachment = attachments.get(id);
        byte[] content = attachments
                .content(id)
                .orElseThrow(() -> new NotFoundException("There is no attachment '" + id + "'."));
        return Downloads.of(attachment, content);
    }

    @PostMapping("/{id}/delete")
    String delete(@PathVariable UUID id, RedirectAttributes redirect) {
        attachments.delete(access.current(), id);
        Flash.done(redirect, "writing.attachment.deleted");
        return "redirect:/mail-attachments";
    }
}
