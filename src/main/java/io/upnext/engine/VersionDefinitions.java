package io.upnext.engine;

import io.upnext.bpmn.ElementIds;
import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.Versions;
import io.upnext.shared.SequenceId;
import io.upnext.shared.VersionId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Which process definition of the engine is which version of a sequence; neither ever changes. */
@Component
class VersionDefinitions {

    private final ProcessEngine engine;
    private final Versions versions;
    private final Map<VersionId, String> definitions = new ConcurrentHashMap<>();
    private final Map<String, VersionId> byDefinition = new ConcurrentHashMap<>();

    VersionDefinitions(@Lazy ProcessEngine engine, @Lazy Versions versions) {
        this.engine = engine;
        this.versions = versions;
    }

    String definitionOf(VersionId id) {
        return definitions.computeIfAbsent(id, this::find);
    }

    private String find(VersionId id) {
        SequenceVersion version = versions.get(id);
        ProcessDefinition definition = definition(version);
        if (definition == null) {
            throw new IllegalStateException(
                    "Version " + version.number() + " of sequence " + version.sequence() + " is not on the engine");
        }
        return definition.getId();
    }

    /** Looked up each time: old versions are taken off the engine, on any node. */
    boolean isThere(VersionId id) {
        return definition(versions.get(id)) != null;
    }

    private ProcessDefinition definition(SequenceVersion version) {
        return engine.getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey(ElementIds.process(version.sequence()))
                .versionTag(String.valueOf(version.number()))
                .singleResult();
    }

    VersionId versionOf(String definitionId) {
        return byDefinition.computeIfAbsent(definitionId, this::version);
    }

    private VersionId version(String definitionId) {
        ProcessDefinition definition = engine.getRepositoryService().getProcessDefinition(definitionId);
        SequenceId sequence = ElementIds.sequenceOf(definition.getKey()).orElseThrow();
        return versions.find(sequence, Integer.parseInt(definition.getVersionTag()))
                .orElseThrow()
                .id();
    }
}
