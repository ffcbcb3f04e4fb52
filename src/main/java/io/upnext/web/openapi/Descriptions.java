package io.upnext.web.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Adds to what the mappings tell: what an operation is for, what its parameters mean, how it fails. */
final class Descriptions implements OpenApiCustomizer {

    private static final Set<String> WITHOUT_LOG_IN = Set.of("POST /sms/webhook");

    /** Read by hand to the letter, so their types say nothing. */
    private static final Map<String, String> DEFINITIONS = Map.of(
            "POST /sequences", "SequenceDefinition",
            "PUT /sequences/{id}", "SequenceDefinition",
            "POST /sequences/{id}/check", "SequenceDefinition");

    private static final Map<String, String> ANSWERS = Map.of(
            "POST /sequences", "SavedSequence",
            "GET /sequences/{id}", "SavedSequence",
            "PUT /sequences/{id}", "SavedSequence",
            "POST /sequences/{id}/copy", "SavedSequence",
            "POST /sequences/{id}/revision", "SavedSequence");

    private final OperationTexts texts;

    Descriptions(OperationTexts texts) {
        this.texts = texts;
    }

    @Override
    public void customise(OpenAPI api) {
        SharedParts.addTo(api.getComponents());
        Map<String, PathItem> paths = new LinkedHashMap<>(api.getPaths());
        paths.forEach((path, item) ->
                item.readOperationsMap().forEach((method, operation) -> describe(method, below(path), operation)));
    }

    private static String below(String path) {
        return path.startsWith(OpenApiConfiguration.BASE) ? path.substring(OpenApiConfiguration.BASE.length()) : path;
    }

    private void describe(HttpMethod method, String path, Operation operation) {
        String key = method + " " + path;
        texts.of(method.name(), path).ifPresent(text -> {
            operation.setSummary(text.summary());
            operation.setDescription(text.description());
        });
        operation.setTags(List.of(path.split("/")[1]));
        operation.setOperationId(operationId(method, path));
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(Descriptions::describe);
        }
        bodies(key, operation);
        if (method == HttpMethod.POST) {
            operation.addParametersItem(idempotencyKey());
        }
        if (WITHOUT_LOG_IN.contains(key)) {
            operation.setSecurity(List.of());
        }
        Failures.addTo(operation.getResponses(), method, path, WITHOUT_LOG_IN.contains(key));
    }

    /** {@code POST /webhooks/{id}/ping} is {@code postWebhooksIdPing}: stays the same whatever else there is. */
    private static String operationId(HttpMethod method, String path) {
        StringBuilder id = new StringBuilder(method.name().toLowerCase(Locale.ROOT));
        for (String part : path.split("[^A-Za-z0-9]+")) {
            if (!part.isEmpty()) {
                id.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
            }
        }
        return id.toString();
    }

    private static void describe(Parameter parameter) {
        if (parameter.getDescription() == null) {
            parameter.setDescription(ParameterTexts.of(parameter.getName()));
        }
    }

    private static Parameter idempotencyKey() {
        return new HeaderParameter()
                .name("Idempotency-Key")
                .description("Sent again with the same key, a request is not done again: the first answer comes back")
                .required(false)
                .schema(new StringSchema().maxLength(255));
    }

    private static void bodies(String key, Operation operation) {
        String definition = DEFINITIONS.get(key);
        if (definition != null) {
            boolean optional = key.endsWith("/check");
            operation.setRequestBody(new RequestBody().required(!optional).content(json(definition)));
        }
        ApiResponses answers = operation.getResponses();
        answers.forEach((status, answer) -> content(key, answer));
    }

    /** All but a few files are JSON. */
    private static void content(String key, ApiResponse answer) {
        if (ANSWERS.containsKey(key)) {
            answer.setContent(json(ANSWERS.get(key)));
            return;
        }
        Content content = answer.getContent();
        if (content != null && content.containsKey("*/*")) {
            MediaType any = content.remove("*/*");
            content.addMediaType("application/json", any);
        }
    }

    static Content json(String schema) {
        return new Content().addMediaType("application/json", new MediaType().schema(SharedParts.ref(schema)));
    }
}
