package io.upnext.messaging.web;

import io.upnext.messaging.tracking.Tracking;
import io.upnext.messaging.tracking.Tracking.Visitor;
import io.upnext.shared.NotFoundException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What links, pixels and attachments in mails lead to; public. */
@RestController
class TrackingController {

    /** One transparent pixel. */
    private static final byte[] PIXEL =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private static final List<String> PREFETCH_HEADERS = List.of("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz");

    private final Tracking tracking;

    TrackingController(Tracking tracking) {
        this.tracking = tracking;
    }

    @GetMapping("/t/o/{token}")
    ResponseEntity<byte[]> open(@PathVariable String token, HttpServletRequest request) {
        try {
            tracking.opened(token, visitor(request));
        } catch (NotFoundException e) {
            // Nobody reads a page where a picture belongs.
            return ResponseEntity.notFound().build();
        }
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_GIF)
                .cacheControl(CacheControl.noStore())
                .body(PIXEL);
    }

    /** Leads only to the address stored for the token's link (spec §9). */
    @GetMapping("/t/c/{token}")
    ResponseEntity<Void> click(@PathVariable String token, HttpServletRequest request) {
        String target = tracking.clicked(token, visitor(request));
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create(target))
                .cacheControl(CacheControl.noStore())
                .header("Referrer-Policy", "no-referrer")
                .build();
    }

    /** A file to be saved: whatever it holds, no browser shows or runs it in our name. */
    @GetMapping("/t/a/{token}")
    ResponseEntity<byte[]> download(@PathVariable String token, HttpServletRequest request) {
        Tracking.Download download = tracking.downloaded(token, visitor(request));
        return Downloads.of(download.attachment(), download.content());
    }

    private static Visitor visitor(HttpServletRequest request) {
        boolean prefetch = PREFETCH_HEADERS.stream()
                .map(request::getHeader)
                .anyMatch(value ->
                        value != null && value.toLowerCase(Locale.ROOT).matches(".*(prefetch|prerender|preview).*"));
        return new Visitor(request.getMethod(), request.getHeader(HttpHeaders.USER_AGENT), prefetch);
    }
}
