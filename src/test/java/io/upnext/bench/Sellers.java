package io.upnext.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.testing.Api;
import io.upnext.testing.MutableClock;
import io.upnext.testing.TestUsers.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sellers who work their lists every day: most is done, with mixed outcomes, some skipped, some put off by a day. */
final class Sellers {

    private static final int PAGE = 500;
    private static final List<String> CALLS = List.of(
            "CONNECTED",
            "CONNECTED",
            "CONNECTED",
            "CONNECTED",
            "NO_ANSWER",
            "NO_ANSWER",
            "BUSY",
            "LEFT_VOICEMAIL",
            "skip",
            "snooze");
    private static final List<String> TASKS =
            List.of("done", "done", "done", "done", "done", "done", "done", "done", "skip", "snooze");

    private final Collection<Person> people;
    private final Api api;
    private final MutableClock clock;
    private final List<String> refused = new ArrayList<>();
    private int turn;

    Sellers(Collection<Person> people, Api api, MutableClock clock) {
        this.people = people;
        this.api = api;
        this.clock = clock;
    }

    /** What they were refused, ever: nobody else works on their steps. */
    List<String> refused() {
        return refused;
    }

    void work() {
        people.forEach(this::work);
    }

    private void work(Person seller) {
        Map<String, List<String>> plan = new LinkedHashMap<>();
        for (JsonNode step : list(seller)) {
            boolean call = step.get("step").get("type").asText().equals("PHONE_CALL");
            List<String> ways = call ? CALLS : TASKS;
            plan.computeIfAbsent(ways.get(turn++ % ways.size()), way -> new ArrayList<>())
                    .add(step.get("id").asText());
        }
        plan.forEach((way, ids) -> {
            for (int from = 0; from < ids.size(); from += PAGE) {
                act(seller, way, ids.subList(from, Math.min(from + PAGE, ids.size())));
            }
        });
    }

    private List<JsonNode> list(Person seller) {
        List<JsonNode> steps = new ArrayList<>();
        JsonNode page;
        int number = 0;
        do {
            Api.Answer answer = api.as(seller).get("/work-list?due=TODAY&size=" + PAGE + "&page=" + number++);
            page = answer.body().path("items");
            if (answer.status() != 200) {
                refused.add(answer.toString());
            }
            page.forEach(steps::add);
        } while (page.size() == PAGE);
        return steps;
    }

    private void act(Person seller, String way, List<String> ids) {
        Map<String, Object> action = new LinkedHashMap<>(Map.of("ids", ids));
        switch (way) {
            case "skip" -> action.put("action", "SKIP");
            case "snooze" -> {
                action.put("action", "SNOOZE");
                action.put("until", clock.instant().plus(Duration.ofDays(1)).toString());
            }
            case "done" -> action.put("action", "COMPLETE");
            default -> {
                action.put("action", "COMPLETE");
                action.put("outcome", way);
            }
        }
        Api.Answer answer = api.as(seller).post("/step-runs/actions", action);
        if (answer.status() != 200) {
            refused.add(answer.toString());
        }
        answer.body().path("results").forEach(result -> {
            if (!result.get("ok").asBoolean()) {
                refused.add(way + ": " + result);
            }
        });
    }
}
