package io.upnext.engine;

import io.upnext.bpmn.Compiler;
import io.upnext.bpmn.ElementIds;
import io.upnext.sequence.SequenceVersion;
import io.upnext.sequence.VersionDeployment;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Puts versions on the engine: one deployment each. */
@Component
class Deployments implements VersionDeployment {

    private final RepositoryService repository;

    Deployments(@Lazy RepositoryService repository) {
        this.repository = repository;
    }

    @Override
    public void deploy(SequenceVersion version) {
        String name = ElementIds.process(version.sequence());
        repository
                .createDeployment()
                .name(version.definition().name() + " · " + version.number())
                .source("Upnext")
                .addModelInstance(
                        name + "-" + version.number() + ".bpmn",
                        Compiler.compile(version, version.definition().name()))
                .deploy();
    }
}
