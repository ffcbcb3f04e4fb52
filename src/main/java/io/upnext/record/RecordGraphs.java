package io.upnext.record;

import io.upnext.security.User;
import io.upnext.security.Users;
import io.upnext.shared.Principal;
import io.upnext.shared.RecordId;
import io.upnext.shared.UserId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Puts records together with their neighbours: one statement for accounts and contacts, one for owners. */
@Component
class RecordGraphs {

    private final RecordRows rows;
    private final Users users;

    RecordGraphs(RecordRows rows, Users users) {
        this.rows = rows;
        this.users = users;
    }

    Map<RecordId, RecordGraph> of(Collection<CrmRecord> records) {
        Map<RecordId, CrmRecord> neighbours = neighbours(records);
        Map<Principal, Map<String, Object>> owners = owners(records);
        Map<RecordId, RecordGraph> graphs = new LinkedHashMap<>();
        for (CrmRecord record : records) {
            graphs.put(
                    record.id(),
                    new RecordGraph(
                            record,
                            neighbour(record, "account", neighbours),
                            neighbour(record, "contact", neighbours),
                            owners.get(record.owner())));
        }
        return graphs;
    }

    private Map<RecordId, CrmRecord> neighbours(Collection<CrmRecord> records) {
        Set<RecordId> ids = new LinkedHashSet<>();
        for (CrmRecord record : records) {
            add(ids, record.text("account"));
            add(ids, record.text("contact"));
        }
        Map<RecordId, CrmRecord> found = new HashMap<>();
        rows.findAll(ids).forEach(record -> found.put(record.id(), record));
        return found;
    }

    private static void add(Set<RecordId> ids, String id) {
        if (id != null) {
            ids.add(RecordId.of(id));
        }
    }

    private static CrmRecord neighbour(CrmRecord record, String field, Map<RecordId, CrmRecord> found) {
        String id = record.text(field);
        return id == null ? null : found.get(RecordId.of(id));
    }

    private Map<Principal, Map<String, Object>> owners(Collection<CrmRecord> records) {
        Set<Principal> principals =
                records.stream().map(CrmRecord::owner).filter(Objects::nonNull).collect(Collectors.toSet());
        Map<UserId, User> found = users.findAll(principals.stream()
                .filter(Principal::isUser)
                .map(owner -> new UserId(owner.id()))
                .toList());
        Map<Principal, Map<String, Object>> owners = new HashMap<>();
        for (Principal owner : principals) {
            User user = owner.isUser() ? found.get(new UserId(owner.id())) : null;
            owners.put(owner, user == null ? Map.of("name", users.nameOf(owner)) : owner(user));
        }
        return owners;
    }

    /** What placeholders may name of an owner. */
    private static Map<String, Object> owner(User user) {
        Map<String, Object> values = new HashMap<>();
        values.put("id", user.id().toString());
        values.put("username", user.username());
        values.put("name", user.name());
        values.put("email", user.email());
        values.put("locale", user.locale());
        values.put("timeZone", user.timeZone());
        if (user.name() != null) {
            int space = user.name().lastIndexOf(' ');
            values.put("firstName", space < 0 ? user.name() : user.name().substring(0, space));
            values.put("lastName", space < 0 ? null : user.name().substring(space + 1));
        }
        values.values().removeIf(Objects::isNull);
        return Map.copyOf(values);
    }
}
