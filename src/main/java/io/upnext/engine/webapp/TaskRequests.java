package io.upnext.engine.webapp;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.engine.identity.People;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;

/** What may be in a request that changes a task, for everybody alike. Whether the task is the caller's asks the engine. */
class TaskRequests {

    /** What a form may hand in, and whether it is a text or a yes-or-no. */
    static final Map<String, Kind> VARIABLES = Map.of(
            "outcome", Kind.TEXT,
            "note", Kind.TEXT,
            "subject", Kind.TEXT,
            "body", Kind.TEXT,
            "doneElsewhere", Kind.FLAG,
            "skip", Kind.FLAG);

    enum Kind {
        TEXT("String", "a text"),
        FLAG("Boolean", "true or false");

        private final String type;
        private final String wording;

        Kind(String type, String wording) {
            this.type = type;
            this.wording = wording;
        }

        private boolean fits(JsonNode value) {
            return value.isNull() || value.isMissingNode() || (this == TEXT ? value.isTextual() : value.isBoolean());
        }
    }

    private static final Pattern CHANGE = Pattern.compile(
            "/camunda/api/engine/engine/default/task/([^/]+)(?:/(claim|unclaim|assignee|complete|submit-form))?");

    private final TaskService tasks;
    private final People people;

    TaskRequests(TaskService tasks, People people) {
        this.tasks = tasks;
        this.people = people;
    }

    /** @throws RefusedException where the request asks for more than working the task */
    void check(String method, String path, JsonNode body, String username) {
        var change = CHANGE.matcher(path);
        if (!change.matches()) {
            return;
        }
        if (change.group(2) == null) {
            if (method.equals("PUT")) {
                onlyPostpones(change.group(1), body);
            }
            return;
        }
        switch (change.group(2)) {
            case "complete", "submit-form" -> onlyResults(body);
            case "claim" -> onlyForOneself(body, username);
            case "assignee" -> onlyToSomebody(body);
            default -> {
                // Nothing is handed in
            }
        }
    }

    private static void onlyResults(JsonNode body) {
        refuseUnless(body.isObject() || body.isMissingNode(), "The result of a step is an object.");
        for (var entry : body.properties()) {
            switch (entry.getKey()) {
                case "variables" -> results(entry.getValue());
                case "withVariablesInReturn" ->
                    refuseUnless(!entry.getValue().asBoolean(), "Variables are not handed back.");
                default -> throw RefusedException.invalid("'" + entry.getKey() + "' is no part of completing a step.");
            }
        }
    }

    private static void results(JsonNode variables) {
        refuseUnless(variables.isObject() || variables.isNull(), "'variables' is an object.");
        for (var variable : variables.properties()) {
            var kind = VARIABLES.get(variable.getKey());
            refuseUnless(
                    kind != null,
                    "A step takes only the variables body, doneElsewhere, note, outcome, skip and subject, not '"
                            + variable.getKey() + "'.");
            result(variable.getKey(), kind, variable.getValue());
        }
    }

    /** Without a free type there is nothing to deserialize. */
    private static void result(String name, Kind kind, JsonNode variable) {
        refuseUnless(variable.isObject(), "'" + name + "' is an object with a value.");
        for (var part : variable.properties()) {
            var value = part.getValue();
            var fits =
                    switch (part.getKey()) {
                        case "value" -> kind.fits(value);
                        case "type" -> value.isNull() || value.asText().equals(kind.type);
                        case "valueInfo" -> value.isNull() || value.isObject() && value.isEmpty();
                        case "local" -> !value.asBoolean();
                        default -> false;
                    };
            refuseUnless(fits, "'" + name + "' is " + kind.wording + ".");
        }
    }

    private static void onlyForOneself(JsonNode body, String username) {
        refuseUnless(
                username.equals(body.path("userId").asText()),
                "A step is claimed for oneself; assign it to hand it on.");
    }

    private void onlyToSomebody(JsonNode body) {
        var to = body.path("userId");
        refuseUnless(
                to.isNull() || to.isMissingNode() || people.exists(to.asText()),
                "There is no user '" + to.asText() + "' to assign the step to.");
    }

    /** Tasklist sends the whole task when only the follow-up date has changed. */
    private void onlyPostpones(String id, JsonNode body) {
        var task = tasks.createTaskQuery().taskId(id).singleResult();
        if (task == null) {
            return;
        }
        var refused =
                List.of("name", "description", "assignee", "owner", "delegationState", "priority", "parentTaskId")
                        .stream()
                        .filter(property -> body.has(property) && !same(body.get(property), property, task))
                        .findFirst();
        refused.ifPresent(property -> {
            throw RefusedException.forbidden("Of a step only the dates can be changed here, not '" + property + "'.");
        });
        var unknown = body.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> Set.of("caseInstanceId", "tenantId").contains(key))
                .filter(key -> !body.get(key).isNull())
                .findFirst();
        unknown.ifPresent(key -> {
            throw RefusedException.invalid("'" + key + "' is no part of a step.");
        });
    }

    private static boolean same(JsonNode wanted, String property, Task task) {
        var text = wanted.isNull() ? null : wanted.asText();
        return switch (property) {
            case "name" -> Objects.equals(text, task.getName());
            case "description" -> Objects.equals(text, task.getDescription());
            case "assignee" -> Objects.equals(text, task.getAssignee());
            case "owner" -> Objects.equals(text, task.getOwner());
            case "parentTaskId" -> Objects.equals(text, task.getParentTaskId());
            case "priority" -> wanted.asInt() == task.getPriority();
            default -> text == null && task.getDelegationState() == null;
        };
    }

    private static void refuseUnless(boolean good, String sentence) {
        if (!good) {
            throw RefusedException.invalid(sentence);
        }
    }
}
