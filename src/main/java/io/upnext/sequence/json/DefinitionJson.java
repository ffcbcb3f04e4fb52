package io.upnext.sequence.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Step;
import io.upnext.shared.InvalidException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The one way between a {@link Definition} and its JSON, for requests and the database alike. Strict: unknown fields,
 * other types, unknown values are refused with a sentence that names the place.
 */
public final class DefinitionJson {

    /** Above this a document is refused before it is read. */
    public static final int MAX_BYTES = 1_000_000;

    private static final int MAX_JSON_DEPTH = 250;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_JSON_DEPTH)
                            .maxNumberLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private DefinitionJson() {}

    /** @throws InvalidException with the place and what is wrong there */
    public static Definition read(JsonNode node) {
        return DefinitionReader.read(node);
    }

    /** @throws InvalidException where it is no JSON, too large or no definition */
    public static Definition read(String json) {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads no more than {@value #MAX_BYTES} bytes, whatever the sender goes on to send. */
    public static Definition read(InputStream json) throws IOException {
        return read(json.readNBytes(MAX_BYTES + 1));
    }

    public static Definition read(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw new InvalidException("The definition is larger than " + MAX_BYTES + " bytes; shorten its texts.");
        }
        return read(tree(json));
    }

    private static JsonNode tree(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new InvalidException("The request is no valid JSON: " + e.getOriginalMessage() + place(e) + ".");
        } catch (IOException e) {
            throw new InvalidException("The request is no valid JSON.");
        }
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    public static ObjectNode write(Definition definition) {
        return DefinitionWriter.write(definition);
    }

    public static String text(Definition definition) {
        return write(definition).toString();
    }

    /** The document on several lines, for people. */
    public static String pretty(Definition definition) {
        return write(definition).toPrettyString();
    }

    /** @throws InvalidException with the place within the step and what is wrong there */
    public static Step readStep(JsonNode step) {
        return new StepReader().one(step);
    }

    public static ObjectNode writeStep(Step step) {
        return StepWriter.step(step);
    }

    /** @throws InvalidException where it is no JSON */
    public static JsonNode parse(String json) {
        return tree(json.getBytes(StandardCharsets.UTF_8));
    }
}
