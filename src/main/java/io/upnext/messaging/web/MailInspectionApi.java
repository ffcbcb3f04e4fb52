package io.upnext.messaging.web;

import io.upnext.messaging.receiving.Inspections;
import io.upnext.messaging.receiving.Inspections.Inspection;
import io.upnext.security.Access;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/mail/inspect}: what the product makes of a message; for administrators. */
@RestController
class MailInspectionApi {

    private final Inspections inspections;
    private final Access access;

    MailInspectionApi(Inspections inspections, Access access) {
        this.inspections = inspections;
        this.access = access;
    }

    /** The body is the message itself, at most 10 MB. */
    @PostMapping(
            path = "/api/v1/mail/inspect",
            consumes = {"message/rfc822", MediaType.APPLICATION_OCTET_STREAM_VALUE})
    Inspection inspect(InputStream message) throws IOException {
        return inspections.inspect(access.current(), message.readNBytes(Inspections.MAX_BYTES + 1));
    }
}
