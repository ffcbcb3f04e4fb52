package io.upnext.record.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.shared.filter.Filter;
import org.springframework.stereotype.Component;

/** Hands the filter of a grid to its script, which asks the API for everything found. */
@Component("gridJson")
class GridJson {

    private final ObjectMapper json;

    GridJson(ObjectMapper json) {
        this.json = json;
    }

    public String write(Filter filter) {
        try {
            return json.writeValueAsString(filter);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
