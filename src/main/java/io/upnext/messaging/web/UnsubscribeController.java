package io.upnext.messaging.web;

import io.upnext.messaging.Consent;
import io.upnext.messaging.tracking.Tokens;
import io.upnext.shared.MailId;
import io.upnext.shared.NotFoundException;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Unsubscribing without a log-in. GET only shows a button, since scanners follow links; POST does it, from that page or
 * from a mail program's one click (RFC 8058 §3.2), as often as one likes.
 */
@Controller
class UnsubscribeController {

    private final Tokens tokens;
    private final Consent consent;

    UnsubscribeController(Tokens tokens, Consent consent) {
        this.tokens = tokens;
        this.consent = consent;
    }

    @GetMapping("/u/{token}")
    String ask(@PathVariable String token, Model model, HttpServletResponse response) {
        mail(token);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("token", token);
        model.addAttribute("done", false);
        return "messaging/unsubscribe";
    }

    @PostMapping("/u/{token}")
    String unsubscribe(@PathVariable String token, Model model, HttpServletResponse response) {
        consent.unsubscribe(mail(token));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("token", token);
        model.addAttribute("done", true);
        return "messaging/unsubscribe";
    }

    private MailId mail(String token) {
        return tokens.unsubscribed(token).orElseThrow(UnsubscribeController::unknown);
    }

    private static NotFoundException unknown() {
        return new NotFoundException("This link is not known; it may have been cut short on the way.");
    }
}
