package io.upnext.web;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;

/** What the container refuses before the application hears of it, such as NUL in a path: a problem for the API too. */
class MalformedRequests extends ErrorReportValve {

    MalformedRequests() {
        setShowReport(false);
        setShowServerInfo(false);
    }

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        boolean unanswered = response.getContentWritten() == 0 && response.getStatus() >= 400;
        if (!unanswered || !ProblemAdvice.isApi(request.getRequestURI())) {
            super.report(request, response, failure);
        } else if (response.setErrorReported()) {
            write(response);
        }
    }

    private void write(Response response) {
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding("utf-8");
            response.getReporter().write(problem(response.getStatus()));
            response.finishResponse();
        } catch (IOException nobodyListens) {
            container.getLogger().debug("The answer to a malformed request was not taken", nobodyListens);
        }
    }

    private static String problem(int status) {
        return "{\"type\":\"about:blank\",\"title\":\"Refused\",\"status\":" + status
                + ",\"detail\":\"The request is malformed.\"}";
    }

    @Configuration(proxyBeanMethods = false)
    static class Registration {

        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> malformedRequests() {
            return tomcat -> tomcat.addContextCustomizers(
                    context -> context.getParent().getPipeline().addValve(new MalformedRequests()));
        }
    }
}
