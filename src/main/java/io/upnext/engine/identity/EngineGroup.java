package io.upnext.engine.identity;

import io.upnext.security.Team;
import org.camunda.bpm.engine.identity.Group;

/** A team, or the administrators, as the engine sees a group; it cannot be changed there. */
record EngineGroup(String id, String name, String type) implements Group {

    static final EngineGroup ADMINISTRATORS = new EngineGroup(EngineIds.ADMINISTRATORS, "Administrators", "SYSTEM");

    static EngineGroup of(Team team) {
        return new EngineGroup(EngineIds.group(team.id()), team.name(), "WORKFLOW");
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getType() {
        return type;
    }

    @Override
    public void setId(String id) {
        throw ReadOnly.refusal();
    }

    @Override
    public void setName(String name) {
        throw ReadOnly.refusal();
    }

    @Override
    public void setType(String type) {
        throw ReadOnly.refusal();
    }
}
