package io.upnext.sequence.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.upnext.sequence.Definition;
import io.upnext.sequence.Step;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Lets any {@code ObjectMapper} of the application read and write definitions and write steps as the API has them. */
@Component
public class SequenceJsonModule extends SimpleModule {

    public SequenceJsonModule() {
        super("upnext-sequence");
        addSerializer(Definition.class, new WriteDefinition());
        addSerializer(Step.class, new WriteStep());
        addDeserializer(Definition.class, new ReadDefinition());
    }

    private static final class WriteDefinition extends JsonSerializer<Definition> {
        @Override
        public void serialize(Definition value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeTree(DefinitionWriter.write(value));
        }
    }

    private static final class WriteStep extends JsonSerializer<Step> {
        @Override
        public void serialize(Step value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeTree(StepWriter.step(value));
        }
    }

    private static final class ReadDefinition extends JsonDeserializer<Definition> {
        @Override
        public Definition deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return DefinitionReader.read(in.readValueAsTree());
        }
    }
}
