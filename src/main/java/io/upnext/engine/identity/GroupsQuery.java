package io.upnext.engine.identity;

import static io.upnext.engine.identity.Matching.equal;
import static io.upnext.engine.identity.Matching.like;
import static io.upnext.engine.identity.Matching.oneOf;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.GroupQueryImpl;
import org.camunda.bpm.engine.impl.GroupQueryProperty;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;

/** The engine's query for groups, answered by {@link People}. */
class GroupsQuery extends GroupQueryImpl {

    private static final long serialVersionUID = 1L;

    private static final Map<String, Function<EngineGroup, String>> COLUMNS = Map.of(
            GroupQueryProperty.GROUP_ID.getName(), EngineGroup::id,
            GroupQueryProperty.NAME.getName(), EngineGroup::name,
            GroupQueryProperty.TYPE.getName(), EngineGroup::type);

    private final transient People people;

    /** @param executor null where the query runs in the command it was made in */
    GroupsQuery(CommandExecutor executor, People people) {
        super(executor);
        this.people = people;
    }

    @Override
    public long executeCount(CommandContext command) {
        return matching().count();
    }

    @Override
    public List<Group> executeList(CommandContext command, Page page) {
        return List.copyOf(Matching.page(matching(), this, COLUMNS, EngineGroup::id));
    }

    private Stream<EngineGroup> matching() {
        if (tenantId != null || procDefId != null) {
            return Stream.empty();
        }
        var memberships = userId == null ? null : people.groupsOf(userId);
        return people.groups()
                .filter(group -> equal(id, group.id()) && oneOf(ids, group.id()))
                .filter(group -> equal(name, group.name()) && like(nameLike, group.name()))
                .filter(group -> equal(type, group.type()) && oneOf(memberships, group.id()));
    }
}
