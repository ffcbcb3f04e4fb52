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
     * Moves one instance that stands at elements which are not carried: it leaves those and goes in elsewhere; with no
     * place left it ends.
     *
     * @param left elements of the old version
     */
    void relocate(Passage passage, String processInstanceId, Set<String> left, List<Entry> entries);

    /** Open user tasks that were carried over show from now on what their new version says. */
    void relabel(Collection<Label> labels);

    /** @param instructions what a seller is to do, as plain text; may be empty */
    record Label(String taskId, String instructions) {}

    /** Is the version still on the engine? Old ones without instances are taken off it. */
    boolean runs(VersionId version);

    /** @param step the step the element belongs to; null where it belongs to none */
    record Position(Place place, String element, String step, String execution) {}

    /** Where an instance can be. */
    enum Place {
        /** At a step. */
        STEP,
        /** Classic: before a step, waiting for its day. */
        DAY,
        /** Smart: waiting for the next run. */
        RUN,
        /** Classic and Smart: all is done, and it waits for steps to come. */
        STANDBY
    }

    /** Where an instance goes in. @param step for a run and standby null */
    record Entry(Place place, String step) {}
}
