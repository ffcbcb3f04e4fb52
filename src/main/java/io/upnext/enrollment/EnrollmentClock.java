package io.upnext.enrollment;

import io.upnext.shared.EnrollmentId;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Where a record in a Classic or Smart sequence is in time.
 *
 * @param dayOne Classic: what its days are counted from; null in Smart mode
 * @param dueAt when the timer fires that it waits at, or waited at last
 * @param stepId Classic: the step whose day that is
 */
record EnrollmentClock(EnrollmentId enrollment, LocalDate dayOne, Instant dueAt, String stepId) {}
