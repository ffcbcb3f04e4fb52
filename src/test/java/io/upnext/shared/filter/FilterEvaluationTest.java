package io.upnext.shared.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterEvaluationTest {

    private final Map<String, Object> values = new HashMap<>(Map.of(
            "city",
            "Zürich",
            "score",
            new BigDecimal("10"),
            "doNotEmail",
            true,
            "day",
            "2026-03-01",
            "createdAt",
            Instant.parse("2026-02-28T23:30:00Z")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"city\",\"op\":\"EQUALS\",\"value\":\"ZÜRICH\"",
                "\"city\",\"op\":\"CONTAINS\",\"value\":\"üR\"",
                "\"city\",\"op\":\"STARTS_WITH\",\"value\":\"zü\"",
                "\"city\",\"op\":\"NOT_IN\",\"value\":[\"Bern\"]",
                "\"score\",\"op\":\"EQUALS\",\"value\":10.0",
                "\"score\",\"op\":\"GREATER_THAN\",\"value\":9",
                "\"score\",\"op\":\"BETWEEN\",\"value\":[10,11]",
                "\"doNotEmail\",\"op\":\"EQUALS\",\"value\":true",
                "\"day\",\"op\":\"AFTER\",\"value\":\"2026-02-28\"",
                "\"day\",\"op\":\"IN_LAST_DAYS\",\"value\":1",
                "\"createdAt\",\"op\":\"IN_LAST_DAYS\",\"value\":2",
                "\"empty\",\"op\":\"IS_EMPTY\"",
                "\"empty\",\"op\":\"NOT_EQUALS\",\"value\":\"x\"",
                "\"empty\",\"op\":\"NOT_IN\",\"value\":[\"x\"]",
                "\"sequence\",\"op\":\"EQUALS\",\"value\":\"any\""
            })
    void holds(String leaf) {
        assertThat(matches(leaf)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"city\",\"op\":\"EQUALS\",\"value\":\"Bern\"",
                "\"city\",\"op\":\"EQUALS\",\"value\":10",
                "\"score\",\"op\":\"EQUALS\",\"value\":\"10\"",
                "\"score\",\"op\":\"LESS_THAN\",\"value\":10",
                "\"day\",\"op\":\"BEFORE\",\"value\":\"2026-03-01\"",
                "\"createdAt\",\"op\":\"IN_LAST_DAYS\",\"value\":1",
                "\"empty\",\"op\":\"EQUALS\",\"value\":\"x\"",
                "\"empty\",\"op\":\"LESS_THAN\",\"value\":1",
                "\"empty\",\"op\":\"IS_NOT_EMPTY\""
            })
    void doesNotHold(String leaf) {
        assertThat(matches(leaf)).isFalse();
    }

    @Test
    void aDayIsThatOfTheZone() {
        assertThat(matches("\"createdAt\",\"op\":\"EQUALS\",\"value\":\"2026-03-01\""))
                .isTrue();
        assertThat(matches("\"createdAt\",\"op\":\"AFTER\",\"value\":\"2026-02-28\""))
                .isTrue();
        assertThat(matches("\"createdAt\",\"op\":\"BEFORE\",\"value\":\"2026-03-01\""))
                .isFalse();
    }

    private boolean matches(String leaf) {
        return FilterEvaluation.matches(
                Filter.parse("{\"field\":" + leaf + "}"),
                values::get,
                Instant.parse("2026-03-02T09:00:00Z"),
                ZoneId.of("Europe/Zurich"),
                asked -> asked.asksForSequence() ? Optional.of(true) : Optional.empty());
    }
}
