package io.upnext.engine.identity;

import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.GroupQuery;
import org.camunda.bpm.engine.identity.NativeUserQuery;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.TenantQuery;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.identity.UserQuery;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.ReadOnlyIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;

/** The engine's view of who there is. It reads only, and nobody logs in through it. */
class PeopleOfTheProduct implements ReadOnlyIdentityProvider {

    private final People people;

    PeopleOfTheProduct(People people) {
        this.people = people;
    }

    @Override
    public User findUserById(String userId) {
        return people.find(userId).orElse(null);
    }

    @Override
    public UserQuery createUserQuery() {
        return new PeopleQuery(executor(), people);
    }

    @Override
    public UserQuery createUserQuery(CommandContext command) {
        return new PeopleQuery(null, people);
    }

    @Override
    public NativeUserQuery createNativeUserQuery() {
        throw new BadUserRequestException("There is no table of users to ask with SQL.");
    }

    /** Log-in is the product's: one way in, with its limits and its audit. */
    @Override
    public boolean checkPassword(String userId, String password) {
        return false;
    }

    @Override
    public Group findGroupById(String groupId) {
        return people.groups()
                .filter(group -> group.id().equals(groupId))
                .findFirst()
                .orElse(null);
    }

    @Override
    public GroupQuery createGroupQuery() {
        return new GroupsQuery(executor(), people);
    }

    @Override
    public GroupQuery createGroupQuery(CommandContext command) {
        return new GroupsQuery(null, people);
    }

    @Override
    public Tenant findTenantById(String tenantId) {
        return null;
    }

    @Override
    public TenantQuery createTenantQuery() {
        return new NoTenants(executor());
    }

    @Override
    public TenantQuery createTenantQuery(CommandContext command) {
        return new NoTenants(null);
    }

    private static CommandExecutor executor() {
        return Context.getProcessEngineConfiguration().getCommandExecutorTxRequired();
    }

    @Override
    public void flush() {
        // Nothing is ever written
    }

    @Override
    public void close() {
        // Nothing is held open
    }
}
