package io.upnext.record.web;

import io.upnext.record.Imports;
import io.upnext.security.Access;
import io.upnext.shared.InvalidException;
import io.upnext.shared.OperationId;
import io.upnext.shared.RecordType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Imports a file of records. */
@RestController
@RequestMapping("/api/v1/records/{type:leads|opportunities|contacts|accounts}/import")
class ImportApi {

    private final Imports imports;
    private final Access access;

    ImportApi(Imports imports, Access access) {
        this.imports = imports;
        this.access = access;
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<Accepted> start(
            @PathVariable String type,
            @RequestParam MultipartFile file,
            @RequestParam String mapping,
            @RequestParam(required = false) String key,
            @RequestParam(required = false) String dryRun,
            @RequestParam(required = false) String importName) {
        Imports.Request request =
                new Imports.Request(RecordType.ofPlural(type), mapping, key, flag(dryRun), importName);
        OperationId operation = imports.start(access.current(), upload(file), request);
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/operations/" + operation))
                .body(new Accepted(operation));
    }

    record Accepted(OperationId operation) {}

    private static boolean flag(String dryRun) {
        if (dryRun == null || dryRun.isBlank() || dryRun.strip().equalsIgnoreCase("false")) {
            return false;
        }
        if (dryRun.strip().equalsIgnoreCase("true")) {
            return true;
        }
        throw new InvalidException("'dryRun' is neither true nor false.");
    }

    static Imports.Upload upload(MultipartFile file) {
        return new Imports.Upload() {
            @Override
            public String name() {
                return file.getOriginalFilename();
            }

            @Override
            public InputStream open() throws IOException {
                return file.getInputStream();
            }
        };
    }
}
