package io.upnext.web;

import java.util.List;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A short message shown once on the next page. @param key of the text; @param kind {@code done} or {@code failed} */
public record Flash(String kind, String key, List<Object> arguments) {

    static final String ATTRIBUTE = "flash";

    public static void done(RedirectAttributes redirect, String key, Object... arguments) {
        redirect.addFlashAttribute(ATTRIBUTE, new Flash("done", key, List.of(arguments)));
    }

    public static void failed(RedirectAttributes redirect, String key, Object... arguments) {
        redirect.addFlashAttribute(ATTRIBUTE, new Flash("failed", key, List.of(arguments)));
    }
}
