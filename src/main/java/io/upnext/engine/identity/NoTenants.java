package io.upnext.engine.identity;

import java.util.List;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.TenantQueryImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;

/** The product has business units and no tenants. */
class NoTenants extends TenantQueryImpl {

    private static final long serialVersionUID = 1L;

    NoTenants(CommandExecutor executor) {
        super(executor);
    }

    @Override
    public long executeCount(CommandContext command) {
        return 0;
    }

    @Override
    public List<Tenant> executeList(CommandContext command, Page page) {
        return List.of();
    }
}
