package io.upnext.enrollment;

import io.upnext.shared.VersionId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Port: carries process instances from one version to another. Every call joins the caller's transaction. */
public interface InstanceMigration {

    /** Where instances stand; those that have ended are left out. */
    Map<String, List<Position>> positions(Collection<String> processInstanceIds);

    /** The elements of the old version at which an instance can go on as it is in the new one. */
    Set<String> carried(Passage passage);

    /** Moves instances that stand at carried elements only: tasks keep their ids, timers their due times. */
    void carry(Passage passage, Collection<String> processInstanceIds);

    /**
     * Moves one instance that stands at elements which are not carried: it leaves those and enters the steps named
     * instead; with none of either left it ends.
     *
     * @param left elements of the old version
     * @param entered steps of the new version
     */
    void relocate(Passage passage, String processInstanceId, Set<String> left, List<String> entered);

    /** Is the version still on the engine? Old ones without instances are taken off it. */
    boolean runs(VersionId version);

    /** @param step the step the element belongs to; null where it belongs to none */
    record Position(String element, String step, String execution) {}
}
