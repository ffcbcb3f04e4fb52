package io.upnext.messaging.web;

import io.upnext.messaging.Attachments;
import io.upnext.messaging.Attachments.Attachment;
import io.upnext.security.Access;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** {@code /api/v1/attachments}: files that go with mails; uploaded as multipart {@code file}. */
@RestController
@RequestMapping("/api/v1/attachments")
class AttachmentApi {

    private final Attachments attachments;
    private final Access access;

    AttachmentApi(Attachments attachments, Access access) {
        this.attachments = attachments;
        this.access = access;
    }

    @GetMapping
    Paged<Attachment> list(@RequestParam(required = false) String q, PageQuery page) {
        access.current();
        return attachments.list(q, page);
    }

    @GetMapping("/{id}")
    Attachment one(@PathVariable UUID id) {
        access.current();
        return attachments.get(id);
    }

    @GetMapping("/{id}/content")
    ResponseEntity<byte[]> content(@PathVariable UUID id) {
        access.current();
        Attachment attachment = attachments.get(id);
        byte[] content = attachments
                .content(id)
                .orElseThrow(() -> new NotFoundException("There is no attachment '" + id + "'."));
        return Downloads.of(attachment, content);
    }

    @PostMapping
    ResponseEntity<Attachment> upload(@RequestParam MultipartFile file) throws IOException {
        Attachment created = attachments.create(access.current(), file.getOriginalFilename(), file.getBytes());
        return ResponseEntity.created(URI.create("/api/v1/attachments/" + created.id()))
                .body(created);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        attachments.delete(access.current(), id);
    }
}
