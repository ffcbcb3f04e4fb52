package io.upnext.bpmn.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.Api.Caller;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@UpnextTest
class BpmnApiTest {

    @Autowired
    Api api;

    @Autowired
    TestUsers users;

    Caller call;

    @BeforeEach
    void aManager() {
        call = api.as(users.manager());
    }

    @Test
    void aDraftIsGivenAsItsProcess() {
        String id = created("\"steps\": [{\"id\": \"a\", \"type\": \"TASK\", \"name\": \"Do it\"}]");

        Answer answer = call.get("/sequences/" + id + "/bpmn");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/xml");
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"sequence-" + id + "-draft.bpmn\"");
        UserTask task = read(answer).getModelElementById("step-a");
        assertThat(task.getName()).isEqualTo("Do it");
    }

    @Test
    void aVersionIsGivenAsItWasFrozen() {
        String id = created("\"steps\": [{\"id\": \"a\", \"type\": \"TASK\", \"name\": \"Do it\"}]");
        assertThat(call.post("/sequences/" + id + "/activate", Map.of("changeDescription", "First"))
                        .status())
                .isEqualTo(200);

        Answer newest = call.get("/sequences/" + id + "/bpmn");
        Answer first = call.get("/sequences/" + id + "/bpmn?version=1");

        assertThat(newest.text()).isEqualTo(first.text());
        Process process = read(first).getModelElementById("sequence-" + id);
        assertThat(process.getCamundaVersionTag()).isEqualTo("1");
        assertThat(call.get("/sequences/" + id + "/bpmn?version=2").status()).isEqualTo(404);
    }

    @Test
    void aDraftThatCannotBeDrawnIsRefusedWithItsProblems() {
        String id = created("\"steps\": [{\"id\": \"a\", \"type\": \"CONDITION\"}, {\"goTo\": \"nowhere\"}]");

        Answer answer = call.get("/sequences/" + id + "/bpmn");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.body().get("problems").findValuesAsText("rule"))
                .containsExactlyInAnyOrder("condition-last", "condition-test", "goto-target");
    }

    @Test
    void anEmptyDraftIsAProcessWithoutSteps() {
        assertThat(call.get("/sequences/" + created("\"steps\": []") + "/bpmn").status())
                .isEqualTo(200);
    }

    @Test
    void whatOneMayNotSeeIsNotFound() {
        assertThat(call.get("/sequences/" + UUID.randomUUID() + "/bpmn").status())
                .isEqualTo(404);
        assertThat(call.get("/sequences/no-id/bpmn").status()).isEqualTo(404);
        assertThat(api.anonymous()
                        .get("/sequences/" + UUID.randomUUID() + "/bpmn")
                        .status())
                .isEqualTo(401);
    }

    private String created(String steps) {
        Answer answer = call.post("/sequences", "{\"name\": \"" + TestUsers.next("Drawn") + "\", " + steps + "}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.body().get("id").asText();
    }

    private static BpmnModelInstance read(Answer answer) {
        return Bpmn.readModelFromStream(new ByteArrayInputStream(answer.text().getBytes(StandardCharsets.UTF_8)));
    }
}
