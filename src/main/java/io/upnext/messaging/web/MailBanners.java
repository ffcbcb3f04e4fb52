package io.upnext.messaging.web;

import io.upnext.messaging.Mailbox;
import io.upnext.messaging.Mailboxes;
import io.upnext.security.Access;
import io.upnext.security.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What everybody sees on top of every page: that sending is stopped, and what is wrong with their own mailboxes. */
@ControllerAdvice(annotations = Controller.class)
class MailBanners {

    private final Mailboxes mailboxes;
    private final Settings settings;
    private final Access access;

    MailBanners(Mailboxes mailboxes, Settings settings, Access access) {
        this.mailboxes = mailboxes;
        this.settings = settings;
        this.access = access;
    }

    /** @param kind {@code danger} or {@code warning} @param key of the text */
    public record Banner(String kind, String key, String address, String sentence) {}

    /** Nothing for parts of pages, which have no top. */
    @ModelAttribute("mailBanners")
    List<Banner> banners(HttpServletRequest request) {
        boolean page = request.getMethod().equals("GET") && request.getHeader("HX-Request") == null;
        return page
                ? access.find().map(user -> of(mailboxes.inTrouble(user.id()))).orElse(List.of())
                : List.of();
    }

    private List<Banner> of(List<Mailbox> inTrouble) {
        List<Banner> banners = new ArrayList<>();
        if (settings.sendingStopped()) {
            banners.add(new Banner("danger", "pace.banner.stopped", null, null));
        }
        for (Mailbox mailbox : inTrouble) {
            banners.add(
                    mailbox.stopped()
                            ? new Banner("danger", "pace.banner.mailbox-stopped", mailbox.address(), mailbox.error())
                            : new Banner(
                                    "warning", "pace.banner.mailbox-warned", mailbox.address(), mailbox.warning()));
        }
        return banners;
    }
}
