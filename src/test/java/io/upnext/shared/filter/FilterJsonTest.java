package io.upnext.shared.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.shared.InvalidException;
import io.upnext.shared.filter.Filter.All;
import io.upnext.shared.filter.Filter.Any;
import io.upnext.shared.filter.Filter.Leaf;
import io.upnext.shared.filter.Filter.Op;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterJsonTest {

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void aNestedFilterIsReadAndWrittenUnchanged() throws Exception {
        String text = "{\"all\":[{\"field\":\"budget\",\"op\":\"IN\",\"value\":[\"CAN_BUY\",\"WILL_BUY\"]},"
                + "{\"any\":[{\"field\":\"score\",\"op\":\"BETWEEN\",\"value\":[1,2.5]},"
                + "{\"field\":\"doNotEmail\",\"op\":\"EQUALS\",\"value\":true},"
                + "{\"field\":\"city\",\"op\":\"IS_EMPTY\"}]}]}";

        Filter filter = json.readValue(text, Filter.class);

        assertThat(filter)
                .isEqualTo(new All(List.of(
                        new Leaf("budget", Op.IN, List.of("CAN_BUY", "WILL_BUY")),
                        new Any(List.of(
                                new Leaf("score", Op.BETWEEN, List.of(BigDecimal.ONE, new BigDecimal("2.5"))),
                                new Leaf("doNotEmail", Op.EQUALS, true),
                                new Leaf("city", Op.IS_EMPTY, null))))));
        assertThat(json.writeValueAsString(filter)).isEqualTo(text);
    }

    @Test
    void aBareConditionStandsForAllOfOne() {
        assertThat(Filter.parse("{\"field\":\"city\",\"op\":\"EQUALS\",\"value\":\"Berlin\"}"))
                .isEqualTo(new All(List.of(new Leaf("city", Op.EQUALS, "Berlin"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "[] | is an object",
                "{\"all\":{}} | take a list",
                "{\"all\":[],\"any\":[]} | either 'all' or 'any'",
                "{\"all\":[{\"any\":[{\"all\":[]}]}]} | nested once",
                "{\"field\":\"a\",\"op\":\"LIKE\",\"value\":1} | unknown op 'LIKE'",
                "{\"field\":\"a\",\"op\":\"equals\"} | unknown op 'equals'",
                "{\"field\":\"a\",\"op\":\"EQUALS\",\"valeu\":1} | no 'valeu'",
                "{\"op\":\"EQUALS\",\"value\":1} | needs a 'field'",
                "{\"field\":5,\"op\":\"EQUALS\",\"value\":1} | needs a 'field'",
                "{\"field\":\"a\",\"op\":\"EQUALS\",\"value\":{}} | must be text",
                "{\"field\":\"a\",\"op\":\"EQUALS\",\"value\":[[1]]} | must be text",
                "{\"field\":\"a\",\"op\":\"EQUALS\",\"value\":1e999999999} | of usual size",
                "{\"field\":\"a\",\"op\":\"EQUALS\",\"value\":1e99} | too long",
                "{\"field\":\"a\",\"op\":\"EQUALS\",\"value\":\"\\u0000\"} | NUL",
                "{\"field\":\"a\",\"field\":\"b\",\"op\":\"EQUALS\"} | no valid JSON",
                "{\"all\":[]} {} | no valid JSON",
                "nonsense | no valid JSON",
            })
    void whatIsWrongIsSaid(String text, String sentence) {
        assertThatThrownBy(() -> Filter.parse(text))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aFilterMayStandInsideAnotherObject() throws Exception {
        ObjectMapper strict = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

        Holder holder = strict.readValue("{\"filter\":{\"all\":[]},\"name\":\"x\"}", Holder.class);

        assertThat(holder).isEqualTo(new Holder(new All(List.of()), "x"));
    }

    record Holder(Filter filter, String name) {}

    @Test
    void insideAnotherObjectAWrongFilterIsAMappingError() {
        assertThatThrownBy(() -> json.readValue("{\"all\":[{\"field\":\"a\",\"op\":\"NO\"}]}", Filter.class))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageContaining("unknown op 'NO'");
    }
}
