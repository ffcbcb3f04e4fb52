package io.upnext.engine.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upnext.shared.EnrollmentId;

/**
 * What breaks an invariant.
 *
 * @param subject what it was found at: an enrollment, step run, mail, process instance, task …
 * @param enrollment null where none is concerned
 * @param message what is wrong and what to do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(String rule, String subject, EnrollmentId enrollment, String message) {}
