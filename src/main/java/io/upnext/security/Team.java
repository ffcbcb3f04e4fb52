package io.upnext.security;

import io.upnext.shared.TeamId;
import io.upnext.shared.UnitId;
import io.upnext.shared.UserId;
import java.util.Set;

/** People who share work: a team can own records and be assigned steps. */
public record Team(TeamId id, String name, UnitId unit, Set<UserId> members) {}
