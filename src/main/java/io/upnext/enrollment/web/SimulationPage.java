package io.upnext.enrollment.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.enrollment.Simulation;
import io.upnext.enrollment.simulation.Load;
import io.upnext.enrollment.simulation.Rates;
import io.upnext.security.Access;
import io.upnext.sequence.Sequences;
import io.upnext.shared.ProblemException;
import io.upnext.shared.SequenceId;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The simulation as a part of a sequence's page, for typical records. */
@Controller
@RequestMapping("/sequences/{id}")
class SimulationPage {

    private static final double PERCENT = 100.0;

    private final Simulation simulation;
    private final Sequences sequences;
    private final Access access;
    private final ObjectMapper json;

    SimulationPage(Simulation simulation, Sequences sequences, Access access, ObjectMapper json) {
        this.simulation = simulation;
        this.sequences = sequences;
        this.access = access;
        this.json = json;
    }

    /** What is filled in; rates in per cent. */
    record Form(
            Integer count, Integer perDay, Double opened, Double clicked, Double replied, Double reached, Long seed) {

        static final Form FRESH = new Form(200, 20, 40.0, 5.0, 5.0, 30.0, 1L);

        Simulation.Asked asked() {
            Rates rates = new Rates(
                    share(opened),
                    share(clicked),
                    share(replied),
                    null,
                    null,
                    null,
                    reached == null ? null : Map.of("CONNECTED", share(reached)),
                    null);
            return new Simulation.Asked(null, null, count == null ? FRESH.count : count, null, perDay, rates, seed);
        }

        private static Double share(Double percent) {
            return percent == null ? null : percent / PERCENT;
        }
    }

    @GetMapping("/simulation-panel")
    String panel(
            @PathVariable SequenceId id, @RequestParam(defaultValue = "false") boolean run, Form form, Model model) {
        sequences.get(access.current(), id);
        model.addAttribute("sequenceId", id);
        model.addAttribute("form", run ? form : Form.FRESH);
        if (run) {
            try {
                Load load = simulation.of(access.current(), id, form.asked());
                model.addAttribute("load", load);
                model.addAttribute("chart", chart(load));
            } catch (ProblemException e) {
                model.addAttribute("mistake", e.getMessage());
            }
        }
        return "enrollment/simulation :: panel";
    }

    private String chart(Load load) {
        try {
            return json.writeValueAsString(load.days());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
