package io.upnext.web.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.upnext.shared.PageQuery;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** {@code ?page=0&size=50&sort=name,asc}. */
final class PageParameters {

    private PageParameters() {}

    static void put(Operation operation) {
        List<Parameter> parameters =
                new ArrayList<>(operation.getParameters() == null ? List.of() : operation.getParameters());
        parameters.removeIf(parameter -> parameter.getSchema() != null
                && parameter.getSchema().get$ref() != null
                && parameter.getSchema().get$ref().endsWith("/PageQuery"));
        parameters.add(parameter("page", "The page, from 0", number(0, null, 0)));
        parameters.add(parameter("size", "How many on a page", number(1, PageQuery.MAX_SIZE, PageQuery.DEFAULT_SIZE)));
        parameters.add(parameter(
                "sort",
                "A property and 'asc' or 'desc', such as 'name,asc'",
                new ArraySchema().items(new StringSchema())));
        operation.setParameters(parameters);
    }

    private static Parameter parameter(String name, String description, Schema<?> schema) {
        return new QueryParameter()
                .name(name)
                .description(description)
                .required(false)
                .schema(schema);
    }

    private static Schema<?> number(int least, Integer most, int byDefault) {
        IntegerSchema schema = new IntegerSchema();
        schema.setMinimum(BigDecimal.valueOf(least));
        schema.setMaximum(most == null ? null : BigDecimal.valueOf(most));
        schema.setDefault(byDefault);
        return schema;
    }
}
