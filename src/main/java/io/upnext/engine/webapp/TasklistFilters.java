package io.upnext.engine.webapp;

import static io.upnext.engine.hardening.KnownExpressions.CURRENT_USER;
import static io.upnext.engine.hardening.KnownExpressions.NOW;

import java.util.Map;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.TaskQuery;

/**
 * The filters of Tasklist, the same for everybody: they ask for the one who looks, and the engine adds that it has to be
 * an own task. A filter that is there already stays as it is.
 */
class TasklistFilters {

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
        if (filters.createTaskFilterQuery().filterName(name).count() > 0) {
            return;
        }
        var filter = filters.newTaskFilter(name)
                // Tasks of paused records are suspended: nobody can work them.
                .setQuery(query.active().orderByDueDate().asc())
                .setProperties(Map.of("description", description, "priority", priority, "refresh", true));
        grants.everybodyReads(filters.saveFilter(filter));
    }
}
