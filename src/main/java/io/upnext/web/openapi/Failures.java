package io.upnext.web.openapi;

import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.LinkedHashMap;
import java.util.Map;

/** How operations fail: by the same rules everywhere. */
final class Failures {

    static final Map<String, String> SENTENCES = new LinkedHashMap<>();

    static {
        SENTENCES.put("400", "Something in the request is wrong; the sentence says what");
        SENTENCES.put("401", "Nobody is logged in");
        SENTENCES.put("403", "You may see this, but not do it");
        SENTENCES.put("404", "It does not exist, or you may not see it");
        SENTENCES.put("409", "It is not in a state for this, or clashes with something else");
        SENTENCES.put("412", "Somebody else has changed it meanwhile, or 'If-Match' is missing");
        SENTENCES.put("422", "It reads well, but cannot be done so; the problems say why");
    }

    private Failures() {}

    static void addTo(ApiResponses answers, HttpMethod method, String path, boolean withoutLogIn) {
        boolean changes = method != HttpMethod.GET;
        SENTENCES.keySet().forEach(status -> {
            boolean applies =
                    switch (status) {
                        case "401" -> !withoutLogIn;
                        case "404" -> path.contains("{");
                        case "409", "422" -> changes;
                        case "412" -> method == HttpMethod.PUT || method == HttpMethod.PATCH;
                        default -> true;
                    };
            if (applies && !answers.containsKey(status)) {
                answers.addApiResponse(status, new ApiResponse().$ref("#/components/responses/Problem" + status));
            }
        });
    }
}
