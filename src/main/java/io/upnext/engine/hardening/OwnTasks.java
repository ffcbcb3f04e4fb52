package io.upnext.engine.hardening;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.TaskPermissions;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.VariableInstanceQueryImpl;
import org.camunda.bpm.engine.impl.db.CompositePermissionCheck;
import org.camunda.bpm.engine.impl.db.PermissionCheck;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationManager;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.Task;

/**
 * Who may do what with a task follows from the task: it belongs to the one it is assigned to and, as long as nobody is,
 * to its candidates. The stock engine writes a row per assigned task for this, and deletes it again; with one rule
 * instead, the table of authorizations has a fixed size however many records are connected.
 *
 * <p>Everything else, and everything of administrators, is decided by the rows as usual.
 */
class OwnTasks extends AuthorizationManager {

    /** Whoever may work a task also reads its variables, postpones it and hands it on; nobody deletes one. */
    private static final Set<TaskPermissions> OF_THE_OWNER = EnumSet.of(
            TaskPermissions.READ,
            TaskPermissions.READ_VARIABLE,
            TaskPermissions.TASK_WORK,
            TaskPermissions.TASK_ASSIGN,
            TaskPermissions.UPDATE,
            TaskPermissions.UPDATE_VARIABLE);

    private static final Set<String> NAMES_OF_THE_OWNER =
            Set.copyOf(OF_THE_OWNER.stream().map(TaskPermissions::getName).toList());

    /** The scope of no variable: an empty list would ask for all. */
    private static final String[] NOBODYS = {"none"};

    /** Resources of which no single one ever has a row, so that there is none to delete with it. */
    private static final Set<Resource> WITHOUT_ROWS = Set.of(
            Resources.TASK, Resources.PROCESS_INSTANCE, Resources.HISTORIC_TASK, Resources.HISTORIC_PROCESS_INSTANCE);

    @Override
    public void configureTaskQuery(TaskQueryImpl query) {
        if (!isAuthCheckExecuted() || isAdministrator()) {
            super.configureTaskQuery(query);
            return;
        }
        configureQuery(query);
        var user = getCurrentAuthentication().getUserId();
        query.or().taskAssignee(user).taskCandidateUser(user).endOr();
    }

    /**
     * Tasklist's list asks for variables of the tasks it shows and of their processes: it is told those of own tasks.
     * Nobody has a row for them, so the stock check would find none.
     */
    @Override
    protected void configureVariableInstanceQuery(VariableInstanceQueryImpl query) {
        if (!isAuthCheckExecuted() || isAdministrator() || query.getVariableScopeIds() == null) {
            super.configureVariableInstanceQuery(query);
            return;
        }
        query.variableScopeIdIn(ownTasks(query.getVariableScopeIds()));
    }

    private String[] ownTasks(String[] scopes) {
        var own = new TaskQueryImpl().taskIdIn(scopes);
        String[] ids = getTaskManager().findTasksByQueryCriteria(own).stream()
                .map(Task::getId)
                .toArray(String[]::new);
        return ids.length == 0 ? NOBODYS : ids;
    }

    @Override
    public boolean isAuthorized(String userId, List<String> groupIds, PermissionCheck check) {
        return belongsTo(userId, groupIds, check) || super.isAuthorized(userId, groupIds, check);
    }

    @Override
    public boolean isAuthorized(String userId, List<String> groupIds, CompositePermissionCheck check) {
        return oneSuffices(check)
                        && check.getAllPermissionChecks().stream()
                                .anyMatch(single -> belongsTo(userId, groupIds, single))
                || super.isAuthorized(userId, groupIds, check);
    }

    private static boolean oneSuffices(CompositePermissionCheck check) {
        return check.isDisjunctive() || check.getAllPermissionChecks().size() == 1;
    }

    private boolean belongsTo(String userId, List<String> groupIds, PermissionCheck check) {
        if (check.getResource() != Resources.TASK
                || check.getResourceId() == null
                || !ofTheOwner(check.getPermission())) {
            return false;
        }
        var task = getTaskManager().findTaskById(check.getResourceId());
        return task != null && belongsTo(userId, groupIds, task);
    }

    private static boolean ofTheOwner(Permission permission) {
        return NAMES_OF_THE_OWNER.contains(permission.getName());
    }

    private static boolean belongsTo(String userId, List<String> groupIds, TaskEntity task) {
        if (task.getAssignee() != null) {
            return task.getAssignee().equals(userId);
        }
        return task.getCandidates().stream()
                .anyMatch(candidate -> userId.equals(candidate.getUserId())
                        || groupIds != null && groupIds.contains(candidate.getGroupId()));
    }

    private boolean isAdministrator() {
        var groups = getCurrentAuthentication().getGroupIds();
        return groups != null
                && getCommandContext().getProcessEngineConfiguration().getAdminGroups().stream()
                        .anyMatch(groups::contains);
    }

    @Override
    public void deleteAuthorizationsByResourceId(Resource resource, String resourceId) {
        if (!WITHOUT_ROWS.contains(resource)) {
            super.deleteAuthorizationsByResourceId(resource, resourceId);
        }
    }
}
