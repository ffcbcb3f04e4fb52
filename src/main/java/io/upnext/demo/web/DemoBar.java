package io.upnext.demo.web;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells the layout of every page that there is a demo bar to show. */
@ControllerAdvice(annotations = Controller.class)
@Profile("demo")
class DemoBar {

    @ModelAttribute("demoBar")
    boolean shown() {
        return true;
    }
}
