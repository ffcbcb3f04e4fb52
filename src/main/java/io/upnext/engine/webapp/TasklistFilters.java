package io.upnext.engine.webapp;

import static io.upnext.engine.hardening.KnownExpressions.CURRENT_USER;
import static io.upnext.engine.hardening.KnownExpressions.NOW;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;

/**
 * The filters of Tasklist, the same for everybody: they ask for the one who looks, and the engine adds that it has to be
 * an own task. A filter that is there already stays as it is, but names the records, too.
 */
class TasklistFilters {

    /** The list shows it with each task; else the steps of one name could not be told apart. */
    private static final List<Map<String, String>> RECORD = List.of(Map.of("name", "recordName", "label", "Record"));

    private final FilterService filters;
    private final TaskService tasks;
    private final Grants grants;

    TasklistFilters(ProcessEngine engine, Grants grants) {
        this.filters = engine.getFilterService();
        this.tasks = engine.getTaskService();
        this.grants = grants;
    }

    void create() {
        create("My steps", "Steps assigned to me", 10, tasks.createTaskQuery().taskAssigneeExpression(CURRENT_USER));
        create(
                "My team",
                "Steps that anybody of my teams may take",
                20,
                tasks.createTaskQuery().taskCandidateUserExpression(CURRENT_USER));
        create(
                "Overdue",
                "My steps whose due date has passed",
                30,
                tasks.createTaskQuery().taskAssigneeExpression(CURRENT_USER).dueBeforeExpression(NOW));
    }

    private void create(String name, String description, int priority, TaskQuery query) {
        Filter there = filters.createTaskFilterQuery().filterName(name).list().stream()
                .findFirst()
                .orElse(null);
        if (there != null) {
            nameRecords(there);
            return;
        }
        var filter = filters.newTaskFilter(name)
                // Tasks of paused records are suspended: nobody can work them.
                .setQuery(query.active().orderByDueDate().asc())
                .setProperties(
                        Map.of("description", description, "priority", priority, "refresh", true, "variables", RECORD));
        grants.everybodyReads(filters.saveFilter(filter));
    }

    /** Filters of earlier releases do not say whom a step is about. */
    private void nameRecords(Filter filter) {
        if (!filter.getProperties().containsKey("variables")) {
            Map<String, Object> properties = new HashMap<>(filter.getProperties());
            properties.put("variables", RECORD);
            filters.saveFilter(filter.setProperties(properties));
        }
    }
}
