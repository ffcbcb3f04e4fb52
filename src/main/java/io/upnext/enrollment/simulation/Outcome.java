package io.upnext.enrollment.simulation;

import java.time.Instant;
import java.util.Map;

/** @param entered how many entered each step, by its id @param end when the last one ended */
public record Outcome(Map<Ending, Integer> endings, Map<String, Integer> entered, Instant end, boolean truncated) {}
