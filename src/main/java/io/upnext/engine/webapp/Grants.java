package io.upnext.engine.webapp;

import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;

/** What everybody who is logged in may do in the engine's web applications: open Tasklist and use the shared filters. */
class Grants {

    private final AuthorizationService authorizations;

    Grants(AuthorizationService authorizations) {
        this.authorizations = authorizations;
    }

    void everybodyOpensTasklist() {
        grant(Resources.APPLICATION, "tasklist", Permissions.ACCESS);
    }

    void everybodyReads(Filter filter) {
        grant(Resources.FILTER, filter.getId(), Permissions.READ);
    }

    private void grant(Resource resource, String id, Permission permission) {
        var known = authorizations
                .createAuthorizationQuery()
                .authorizationType(Authorization.AUTH_TYPE_GLOBAL)
                .resourceType(resource)
                .resourceId(id);
        if (known.count() > 0) {
            return;
        }
        var grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GLOBAL);
        grant.setResource(resource);
        grant.setResourceId(id);
        grant.addPermission(permission);
        authorizations.saveAuthorization(grant);
    }
}
