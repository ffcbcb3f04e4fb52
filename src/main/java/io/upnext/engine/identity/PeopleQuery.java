package io.upnext.engine.identity;

import static io.upnext.engine.identity.Matching.equal;
import static io.upnext.engine.identity.Matching.like;
import static io.upnext.engine.identity.Matching.oneOf;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.UserQueryImpl;
import org.camunda.bpm.engine.impl.UserQueryProperty;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;

/** The engine's query for users, answered by {@link People}. */
class PeopleQuery extends UserQueryImpl {

    private static final long serialVersionUID = 1L;

    private static final Map<String, Function<EngineUser, String>> COLUMNS = Map.of(
            UserQueryProperty.USER_ID.getName(), EngineUser::id,
            UserQueryProperty.FIRST_NAME.getName(), EngineUser::firstName,
            UserQueryProperty.LAST_NAME.getName(), EngineUser::lastName,
            UserQueryProperty.EMAIL.getName(), EngineUser::email);

    private final transient People people;

    /** @param executor null where the query runs in the command it was made in */
    PeopleQuery(CommandExecutor executor, People people) {
        super(executor);
        this.people = people;
    }

    @Override
    public long executeCount(CommandContext command) {
        return matching().count();
    }

    @Override
    public List<User> executeList(CommandContext command, Page page) {
        return List.copyOf(Matching.page(matching(), this, COLUMNS, EngineUser::id));
    }

    private Stream<EngineUser> matching() {
        if (tenantId != null || procDefId != null) {
            return Stream.empty();
        }
        var members = groupId == null ? null : people.membersOf(groupId);
        return candidates()
                .filter(user -> oneOf(ids, user.id()) && oneOf(members, user.id()))
                .filter(user -> equal(firstName, user.firstName()) && like(firstNameLike, user.firstName()))
                .filter(user -> equal(lastName, user.lastName()) && like(lastNameLike, user.lastName()))
                .filter(user -> equal(email, user.email()) && like(emailLike, user.email()));
    }

    private Stream<EngineUser> candidates() {
        return id == null ? people.all() : people.find(id).stream();
    }
}
