package io.upnext.web;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The two pages that belong to nobody: the start and the log-in. */
@Controller
class Home {

    private final Page page;

    Home(Page page) {
        this.page = page;
    }

    @GetMapping("/")
    String home() {
        return "redirect:/work";
    }

    @GetMapping("/login")
    String logIn() {
        return page.user() == null ? "login" : "redirect:/";
    }
}
