package io.upnext.enrollment.webhook;

import io.upnext.shared.EnrollmentId;
import java.time.Instant;
import java.util.Map;

/** One event of one enrollment. @param data ids and states only, nothing of a person */
public record Happening(WebhookEvent event, EnrollmentId enrollment, Instant at, Map<String, Object> data) {}
