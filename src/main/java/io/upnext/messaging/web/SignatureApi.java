package io.upnext.messaging.web;

import io.upnext.messaging.Signatures;
import io.upnext.security.Access;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/me/signature}: the caller's own; empty HTML takes it away. */
@RestController
@RequestMapping("/api/v1/me/signature")
class SignatureApi {

    private final Signatures signatures;
    private final Access access;

    SignatureApi(Signatures signatures, Access access) {
        this.signatures = signatures;
        this.access = access;
    }

    record Signature(String html) {}

    @GetMapping
    Signature get() {
        return new Signature(signatures.of(access.current().id()).orElse(""));
    }

    @PutMapping
    Signature change(@RequestBody Signature signature) {
        signatures.change(access.current(), signature.html());
        return get();
    }
}
