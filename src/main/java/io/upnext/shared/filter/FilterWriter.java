package io.upnext.shared.filter;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.upnext.shared.filter.Filter.All;
import io.upnext.shared.filter.Filter.Any;
import io.upnext.shared.filter.Filter.Leaf;
import java.io.IOException;
import java.util.List;

/** Writes a filter as the API reads it. */
final class FilterWriter extends JsonSerializer<Filter> {

    @Override
    public void serialize(Filter filter, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeStartObject();
        if (filter instanceof All all) {
            parts("all", all.parts(), json, provider);
        } else if (filter instanceof Any any) {
            parts("any", any.parts(), json, provider);
        } else if (filter instanceof Leaf leaf) {
            json.writeStringField("field", leaf.field());
            json.writeStringField("op", leaf.op().name());
            if (leaf.value() != null) {
                provider.defaultSerializeField("value", leaf.value(), json);
            }
        }
        json.writeEndObject();
    }

    private void parts(String name, List<Filter> parts, JsonGenerator json, SerializerProvider provider)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (Filter part : parts) {
            serialize(part, json, provider);
        }
        json.writeEndArray();
    }
}
