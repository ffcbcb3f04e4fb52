package io.upnext.record.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.upnext.record.Processes;
import io.upnext.record.Processes.Process;
import io.upnext.record.Processes.Stage;
import io.upnext.security.Access;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Paged;
import io.upnext.shared.RecordType;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Business processes over REST: everybody reads, who manages fields changes. */
@RestController
@RequestMapping("/api/v1/processes")
class ProcessApi {

    private final Processes processes;
    private final Access access;

    ProcessApi(Processes processes, Access access) {
        this.processes = processes;
        this.access = access;
    }

    @GetMapping
    Paged<Process> list(@RequestParam(required = false) RecordType recordType, PageQuery page) {
        if (!page.sort().isEmpty()) {
            throw new InvalidException("Processes are sorted by record type and name; leave 'sort' out.");
        }
        List<Process> all = (recordType == null
                        ? Arrays.stream(RecordType.values())
                        : java.util.stream.Stream.of(recordType))
                .flatMap(type -> processes.of(type).stream())
                .toList();
        return Paged.of(all.stream().skip(page.offset()).limit(page.size()).toList(), page, all.size());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Process create(@RequestBody ProcessInput process) {
        return processes.create(access.current(), process.process());
    }

    @GetMapping("/{id}")
    Process get(@PathVariable UUID id) {
        return processes.get(id);
    }

    @PutMapping("/{id}")
    Process change(@PathVariable UUID id, @RequestBody ProcessInput process) {
        return processes.change(access.current(), id, process.process());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        processes.delete(access.current(), id);
    }

    /** A process as callers write it; what is read-only is ignored. */
    @JsonIgnoreProperties("id")
    record ProcessInput(RecordType recordType, String name, String field, List<Stage> stages) {

        Process process() {
            return new Process(null, recordType, name, field, stages);
        }
    }
}
