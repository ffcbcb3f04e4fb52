package io.upnext.engine.webapp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Reads the JSON of a request before the engine does: bounded, strict, and without keys that name an expression
 * (CVE-2026-109432). What is handed on is written anew from what was checked, so that both cannot read it differently.
 */
class Bodies {

    /** Bytes; a mail fits in it many times. */
    static final int LIMIT = 512 * 1024;

    private static final int DEPTH = 32;
    private static final String EXPRESSION = "expression";

    private final ObjectMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** The body as JSON; a missing node where there is none. */
    JsonNode read(HttpServletRequest request) throws IOException {
        var bytes = request.getInputStream().readNBytes(LIMIT + 1);
        if (bytes.length > LIMIT) {
            throw new RefusedException(
                    HttpStatus.PAYLOAD_TOO_LARGE,
                    "The request is too large; at most " + LIMIT / 1024 + " KB are read.");
        }
        if (bytes.length == 0) {
            return json.missingNode();
        }
        refuseOtherThanJson(request);
        var body = parse(bytes);
        refuseExpressions(body);
        return body;
    }

    byte[] write(JsonNode body) throws IOException {
        return body.isMissingNode() ? new byte[0] : json.writeValueAsBytes(body);
    }

    private static void refuseOtherThanJson(HttpServletRequest request) {
        if (request.getHeader(HttpHeaders.CONTENT_ENCODING) != null || !isJson(request.getContentType())) {
            throw new RefusedException(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Send JSON, uncompressed, as 'application/json'.");
        }
    }

    private static boolean isJson(String type) {
        try {
            return type != null && MediaType.APPLICATION_JSON.equalsTypeAndSubtype(MediaType.parseMediaType(type));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private JsonNode parse(byte[] bytes) {
        try {
            return json.readTree(bytes);
        } catch (IOException e) {
            throw RefusedException.invalid("The body is no valid JSON.");
        }
    }

    private void refuseExpressions(JsonNode body) throws IOException {
        try (var tokens = json.treeAsTokens(body)) {
            while (tokens.nextToken() != null) {
                if (tokens.currentToken() == JsonToken.FIELD_NAME) {
                    refuseExpression(tokens.currentName());
                }
            }
        }
    }

    /** @param key of a JSON object or a query parameter */
    static void refuseExpression(String key) {
        if (key.strip().toLowerCase(Locale.ROOT).endsWith(EXPRESSION)) {
            throw RefusedException.invalid("'" + key + "' is refused: expressions are not evaluated for anybody.");
        }
    }
}
