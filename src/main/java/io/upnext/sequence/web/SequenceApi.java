package io.upnext.sequence.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upnext.security.Access;
import io.upnext.sequence.Activations;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Sequence;
import io.upnext.sequence.SequenceDeactivated.Running;
import io.upnext.sequence.SequenceQuery;
import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.SequenceView;
import io.upnext.sequence.Sequences;
import io.upnext.sequence.VersionDifference;
import io.upnext.sequence.json.DefinitionJson;
import io.upnext.shared.InvalidException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordType;
import io.upnext.shared.SequenceId;
import io.upnext.shared.UserId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/sequences}. */
@RestController
@RequestMapping("/api/v1/sequences")
class SequenceApi {

    private final Sequences sequences;
    private final Activations activations;
    private final Access access;

    SequenceApi(Sequences sequences, Activations activations, Access access) {
        this.sequences = sequences;
        this.activations = activations;
        this.access = access;
    }

    /** @param moveRunning also move what runs on older versions to the new one */
    record Activation(String changeDescription, Boolean moveRunning) {}

    record Deactivation(Running running) {}

    record Deactivated(SequenceId id, Sequence.State state, Running running, long enrollments) {}

    record Copy(String name) {}

    record Owner(UserId owner) {}

    record Problems(List<Problem> problems) {}

    record VersionAnswer(
            String id,
            int version,
            String name,
            boolean active,
            long running,
            String changeDescription,
            UserId activatedBy,
            String activatedAt) {}

    @GetMapping
    Paged<ObjectNode> list(
            @RequestParam(required = false) Sequence.State state,
            @RequestParam(required = false) RecordType recordType,
            @RequestParam(required = false) String tag,
            @RequestParam(required = false) String q,
            PageQuery page) {
        SequenceQuery query = new SequenceQuery(state, recordType, given(tag), given(q));
        return sequences.list(access.current(), query, page).map(SequenceAnswers::answer);
    }

    @PostMapping
    ResponseEntity<ObjectNode> create(HttpServletRequest request) throws IOException {
        SequenceView view = sequences.create(access.current(), definition(request));
        return SequenceAnswers.tagged(ResponseEntity.created(URI.create("/api/v1/sequences/" + view.id())), view)
                .body(SequenceAnswers.answer(view));
    }

    @GetMapping("/{id}")
    ResponseEntity<ObjectNode> get(@PathVariable String id, @RequestParam(required = false) Integer version) {
        SequenceView view = sequences.view(access.current(), sequence(id));
        return version == null
                ? SequenceAnswers.ok(view)
                : ResponseEntity.ok(
                        SequenceAnswers.answer(view, sequences.version(access.current(), view.id(), version)));
    }

    @PutMapping("/{id}")
    ResponseEntity<ObjectNode> edit(
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) String ifMatch,
            HttpServletRequest request)
            throws IOException {
        Definition definition = definition(request);
        return SequenceAnswers.ok(
                sequences.edit(access.current(), sequence(id), view -> EditionTag.require(view, ifMatch), definition));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id) {
        sequences.delete(access.current(), sequence(id));
    }

    @PostMapping("/{id}/check")
    Problems check(@PathVariable String id, HttpServletRequest request) throws IOException {
        byte[] body = body(request);
        return new Problems(
                body.length == 0
                        ? sequences.check(access.current(), sequence(id))
                        : sequences.check(access.current(), sequence(id), DefinitionJson.read(body)));
    }

    @PostMapping("/{id}/activate")
    JsonNode activate(@PathVariable String id, @RequestBody(required = false) Activation activation) {
        String description = activation == null ? null : activation.changeDescription();
        Activations.Activated activated = activation != null && Boolean.TRUE.equals(activation.moveRunning())
                ? activations.activateAndMove(access.current(), sequence(id), description)
                : new Activations.Activated(activations.activate(access.current(), sequence(id), description), null);
        SequenceVersion version = activated.version();
        ObjectNode answer = SequenceAnswers.answer(sequences.view(access.current(), version.sequence()), version);
        return activated.operation() == null
                ? answer
                : answer.put("operation", activated.operation().toString());
    }

    @PostMapping("/{id}/revision")
    ResponseEntity<ObjectNode> revise(@PathVariable String id) {
        return SequenceAnswers.ok(activations.revise(access.current(), sequence(id)));
    }

    @DeleteMapping("/{id}/revision")
    ResponseEntity<ObjectNode> dropRevision(@PathVariable String id) {
        return SequenceAnswers.ok(activations.dropRevision(access.current(), sequence(id)));
    }

    @PostMapping("/{id}/deactivate")
    Deactivated deactivate(@PathVariable String id, @RequestBody(required = false) Deactivation deactivation) {
        Running running =
                deactivation == null || deactivation.running() == null ? Running.DISCONNECT : deactivation.running();
        long ran = activations.deactivate(access.current(), sequence(id), running);
        return new Deactivated(sequence(id), Sequence.State.INACTIVE, running, ran);
    }

    @PostMapping("/{id}/copy")
    ResponseEntity<ObjectNode> copy(@PathVariable String id, @RequestBody Copy copy) {
        if (copy.name() == null || copy.name().isBlank()) {
            throw new InvalidException("The copy needs a 'name'.");
        }
        SequenceView view = sequences.copy(access.current(), sequence(id), copy.name());
        return SequenceAnswers.tagged(ResponseEntity.created(URI.create("/api/v1/sequences/" + view.id())), view)
                .body(SequenceAnswers.answer(view));
    }

    @PostMapping("/{id}/owner")
    ResponseEntity<ObjectNode> give(@PathVariable String id, @RequestBody Owner owner) {
        if (owner.owner() == null) {
            throw new InvalidException("'owner' is missing; give the id of a user.");
        }
        return SequenceAnswers.ok(sequences.give(access.current(), sequence(id), owner.owner()));
    }

    @GetMapping("/{id}/versions")
    Paged<VersionAnswer> versions(@PathVariable String id, PageQuery page) {
        Sequence sequence = sequences.get(access.current(), sequence(id));
        Map<Integer, Long> running = sequences.runningByVersion(access.current(), sequence.id());
        return sequences
                .versions(access.current(), sequence.id(), page)
                .map(version -> new VersionAnswer(
                        version.id().toString(),
                        version.number(),
                        version.definition().name(),
                        version.id().equals(sequence.activeVersion()),
                        running.getOrDefault(version.number(), 0L),
                        version.changeDescription(),
                        version.activatedBy(),
                        SequenceAnswers.at(version.activatedAt())));
    }

    @GetMapping("/{id}/versions/{a}/compare/{b}")
    VersionDifference compare(@PathVariable String id, @PathVariable int a, @PathVariable int b) {
        return sequences.compare(access.current(), sequence(id), a, b);
    }

    private static Definition definition(HttpServletRequest request) throws IOException {
        byte[] body = body(request);
        if (body.length == 0) {
            throw new InvalidException("The body is empty; send the definition of the sequence as JSON.");
        }
        return DefinitionJson.read(body);
    }

    /** Read by hand, bounded: the reader of definitions has its own, stricter rules than the rest of the API. */
    private static byte[] body(HttpServletRequest request) throws IOException {
        return request.getInputStream().readNBytes(DefinitionJson.MAX_BYTES + 1);
    }

    private static SequenceId sequence(String id) {
        try {
            return SequenceId.of(id);
        } catch (IllegalArgumentException noId) {
            throw new NotFoundException("There is no sequence '" + id + "'.");
        }
    }

    private static String given(String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
