package io.upnext.engine.webapp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Deploys the forms of the manual steps; tasks take the newest of each, so a deployment happens only after a change. */
class TaskForms {

    private static final String FORMS = "classpath:/forms/*.form";
    private static final String NAME = "upnext-forms";

    private final RepositoryService repository;

    TaskForms(RepositoryService repository) {
        this.repository = repository;
    }

    void deploy() {
        try {
            var deployment = repository.createDeployment().name(NAME).enableDuplicateFiltering(true);
            for (var form : forms()) {
                try (var content = form.getInputStream()) {
                    deployment.addInputStream(form.getFilename(), content);
                }
            }
            deployment.deploy();
        } catch (IOException e) {
            throw new UncheckedIOException("The forms of the manual steps cannot be read", e);
        }
    }

    private static Resource[] forms() throws IOException {
        var forms = new PathMatchingResourcePatternResolver().getResources(FORMS);
        Arrays.sort(forms, Comparator.comparing(Resource::getFilename));
        return forms;
    }
}
