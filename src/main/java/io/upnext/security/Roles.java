package io.upnext.security;

import static io.upnext.security.Right.CONNECT_RECORDS;
import static io.upnext.security.Right.CREATE_SEQUENCES;
import static io.upnext.security.Right.EDIT_ANY_SEQUENCE;
import static io.upnext.security.Right.IMPORT_RECORDS;
import static io.upnext.security.Right.MANAGE_AUDIENCES;
import static io.upnext.security.Right.MANAGE_FIELDS;
import static io.upnext.security.Right.MANAGE_MAIL_TEMPLATES;
import static io.upnext.security.Right.MANAGE_SUPPRESSIONS;
import static io.upnext.security.Right.MANAGE_TAGS;
import static io.upnext.security.Right.MANAGE_TEAM_WORK;
import static io.upnext.security.Right.VIEW_REPORTS;
import static io.upnext.security.Right.VIEW_SEQUENCES;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Which rights a role brings (specification §1). The setting {@code rights.<ROLE>} replaces a role's list; an
 * administrator always has every right, so that nobody can lock everybody out.
 */
@Component
class Roles {

    static final Map<Role, Set<Right>> DEFAULTS = Map.of(
            Role.ADMINISTRATOR, EnumSet.allOf(Right.class),
            Role.SEQUENCE_MANAGER,
                    EnumSet.of(
                            VIEW_SEQUENCES,
                            CREATE_SEQUENCES,
                            EDIT_ANY_SEQUENCE,
                            CONNECT_RECORDS,
                            IMPORT_RECORDS,
                            MANAGE_MAIL_TEMPLATES,
                            MANAGE_TAGS,
                            MANAGE_AUDIENCES,
                            VIEW_REPORTS,
                            MANAGE_FIELDS,
                            MANAGE_TEAM_WORK,
                            MANAGE_SUPPRESSIONS),
            Role.SALES_MANAGER,
                    EnumSet.of(
                            VIEW_SEQUENCES,
                            CREATE_SEQUENCES,
                            EDIT_ANY_SEQUENCE,
                            CONNECT_RECORDS,
                            IMPORT_RECORDS,
                            MANAGE_MAIL_TEMPLATES,
                            MANAGE_TAGS,
                            MANAGE_AUDIENCES,
                            VIEW_REPORTS,
                            MANAGE_TEAM_WORK),
            Role.SALESPERSON, EnumSet.of(VIEW_SEQUENCES, CREATE_SEQUENCES, CONNECT_RECORDS));

    private final Settings settings;

    Roles(Settings settings) {
        this.settings = settings;
    }

    Set<Right> rights(Collection<Role> roles) {
        var rights = EnumSet.noneOf(Right.class);
        roles.forEach(role -> rights.addAll(rights(role)));
        return Collections.unmodifiableSet(rights);
    }

    private Set<Right> rights(Role role) {
        if (role == Role.ADMINISTRATOR) {
            return DEFAULTS.get(role);
        }
        var granted = EnumSet.noneOf(Right.class);
        settings.words("rights." + role, names(DEFAULTS.get(role))).forEach(name -> granted.add(Right.valueOf(name)));
        if (!settings.words("connectingRoles", names(EnumSet.allOf(Role.class))).contains(role.name())) {
            granted.remove(CREATE_SEQUENCES);
            granted.remove(CONNECT_RECORDS);
        }
        return granted;
    }

    static Set<String> names(Set<? extends Enum<?>> values) {
        return values.stream().map(Enum::name).collect(Collectors.toUnmodifiableSet());
    }
}
