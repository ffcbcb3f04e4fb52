package io.upnext.bpmn.web;

import io.upnext.bpmn.Compiler;
import io.upnext.bpmn.ElementIds;
import io.upnext.security.Access;
import io.upnext.security.CurrentUser;
import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.SequenceView;
import io.upnext.sequence.Sequences;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.SequenceId;
import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/sequences/{id}/bpmn}: the process of a draft or of a version, for Modeler and other viewers. */
@RestController
@RequestMapping("/api/v1/sequences/{id}/bpmn")
class BpmnApi {

    private final Sequences sequences;
    private final Access access;

    BpmnApi(Sequences sequences, Access access) {
        this.sequences = sequences;
        this.access = access;
    }

    @GetMapping
    ResponseEntity<byte[]> get(@PathVariable String id, @RequestParam(required = false) Integer version) {
        CurrentUser user = access.current();
        SequenceView view = sequences.view(user, sequence(id));
        if (version == null && view.editable()) {
            return file(view.id(), Compiler.DRAFT, Compiler.draftXml(view.id(), view.definition()));
        }
        SequenceVersion frozen = sequences.version(user, view.id(), version == null ? view.version() : version);
        return file(
                view.id(),
                String.valueOf(frozen.number()),
                Compiler.xml(frozen, frozen.definition().name()));
    }

    /** Named by ids alone: the name of a sequence is its author's text and has no place in a header. */
    private static ResponseEntity<byte[]> file(SequenceId sequence, String version, String xml) {
        String name = ElementIds.process(sequence) + "-" + version + ".bpmn";
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_XML)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static SequenceId sequence(String id) {
        try {
            return SequenceId.of(id);
        } catch (IllegalArgumentException notAnId) {
            throw new NotFoundException("There is no such sequence.");
        }
    }
}
