package io.upnext.web.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;

/** Schemas and answers that many operations share. */
final class SharedParts {

    static final String PROBLEM = "ProblemDetail";

    private SharedParts() {}

    static Schema<?> ref(String schema) {
        return new Schema<>().$ref("#/components/schemas/" + schema);
    }

    static void addTo(Components components) {
        components.addSchemas(PROBLEM, problem());
        components.addSchemas("SequenceStep", step());
        components.addSchemas("SequenceDefinition", definition());
        components.addSchemas("SavedSequence", saved());
        Failures.SENTENCES.forEach((status, sentence) -> components.addResponses(
                "Problem" + status,
                new ApiResponse()
                        .description(sentence)
                        .content(new Content()
                                .addMediaType("application/problem+json", new MediaType().schema(ref(PROBLEM))))));
    }

    /** RFC 9457. */
    private static Schema<?> problem() {
        Schema<?> one = new ObjectSchema()
                .addProperty("rule", new StringSchema())
                .addProperty("severity", choice("ERROR", "WARNING"))
                .addProperty("step", new StringSchema())
                .addProperty("message", new StringSchema());
        return new ObjectSchema()
                .description("What went wrong, in one sentence (RFC 9457)")
                .addProperty("type", new StringSchema().format("uri-reference"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema().format("uri-reference"))
                .addProperty(
                        "problems",
                        new ArraySchema().items(one).description("Where several things are wrong, each of them"));
    }

    private static Schema<?> step() {
        return new ObjectSchema()
                .description(
                        "A step, or {\"goTo\": id} alone at the end of a branch; what else it takes depends on its type")
                .addProperty("id", new StringSchema().pattern("[a-z][a-z0-9-]{0,39}"))
                .addProperty(
                        "type",
                        choice(
                                "EMAIL",
                                "AUTOMATED_EMAIL",
                                "PHONE_CALL",
                                "TASK",
                                "TEXT_MESSAGE",
                                "AUTOMATED_TEXT",
                                "LINKEDIN_RESEARCH",
                                "LINKEDIN_INTRODUCTION",
                                "LINKEDIN_CONNECT",
                                "LINKEDIN_INMAIL",
                                "WAIT",
                                "UPDATE_FIELD",
                                "ADVANCE",
                                "CONDITION",
                                "AB_TEST"))
                .addProperty("name", new StringSchema().maxLength(100))
                .addProperty("description", new StringSchema())
                .addProperty("goTo", new StringSchema())
                .addProperty("yes", new ArraySchema().items(ref("SequenceStep")))
                .addProperty("no", new ArraySchema().items(ref("SequenceStep")));
    }

    private static Schema<?> definition() {
        return new ObjectSchema()
                .addProperty("name", new StringSchema().maxLength(160))
                .addProperty("description", new StringSchema().maxLength(2000))
                .addProperty("recordType", choice("LEAD", "OPPORTUNITY", "CONTACT", "ACCOUNT"))
                .addProperty("mode", choice("ADAPTIVE", "CLASSIC", "SMART"))
                .addProperty("timeZone", new StringSchema())
                .addProperty("tags", new ArraySchema().items(new StringSchema()))
                .addProperty("assignTo", new ObjectSchema().addProperty("kind", new StringSchema()))
                .addProperty("options", new ObjectSchema())
                .addProperty("schedule", new ObjectSchema().description("Of Classic and Smart sequences"))
                .addProperty("steps", new ArraySchema().items(ref("SequenceStep")));
    }

    private static Schema<?> saved() {
        Schema<?> own = new ObjectSchema()
                .addProperty("id", new StringSchema())
                .addProperty("state", choice("INACTIVE", "ACTIVE"))
                .addProperty("hasRevision", new Schema<Boolean>().type("boolean"))
                .addProperty("version", new IntegerSchema())
                .addProperty("owner", new StringSchema())
                .addProperty("activeEnrollments", new IntegerSchema());
        return new Schema<>().allOf(List.of(ref("SequenceDefinition"), own));
    }

    private static StringSchema choice(String... values) {
        StringSchema schema = new StringSchema();
        schema.setEnum(List.of(values));
        return schema;
    }
}
