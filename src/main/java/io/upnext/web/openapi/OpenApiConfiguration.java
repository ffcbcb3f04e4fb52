package io.upnext.web.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.upnext.shared.PageQuery;
import java.util.Arrays;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the API describes itself under {@code /v3/api-docs}. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    static final String BASE = "/api/v1";

    @Bean
    OpenAPI upnextApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Upnext")
                        .version("1")
                        .description(
                                "Sales sequences on a workflow engine. Errors are problems (RFC 9457); lists are pages;"
                                        + " a POST that creates may carry an Idempotency-Key."))
                .addServersItem(new Server().url("/"))
                .components(new Components()
                        .addSecuritySchemes("basic", http("basic"))
                        .addSecuritySchemes("apiKey", http("bearer").description("A personal API key"))
                        .addSecuritySchemes(
                                "session",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.COOKIE)
                                        .name("UPNEXT_SESSION")
                                        .description("The browser's log-in; changes need its CSRF token")))
                .addSecurityItem(new SecurityRequirement().addList("basic"))
                .addSecurityItem(new SecurityRequirement().addList("apiKey"))
                .addSecurityItem(new SecurityRequirement().addList("session"));
    }

    private static SecurityScheme http(String scheme) {
        return new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme(scheme);
    }

    @Bean
    ModelResolver modelResolver(ObjectMapper json) {
        return new ModelResolver(json, new SchemaNames());
    }

    /** {@code PageQuery} stands for three parameters. */
    @Bean
    OperationCustomizer pages() {
        return (operation, method) -> {
            boolean paged = Arrays.stream(method.getMethodParameters())
                    .anyMatch(parameter -> parameter.getParameterType() == PageQuery.class);
            if (paged) {
                PageParameters.put(operation);
            }
            return operation;
        };
    }

    @Bean
    OpenApiCustomizer descriptions() {
        return new Descriptions(new OperationTexts());
    }
}
