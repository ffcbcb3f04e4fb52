package io.upnext.messaging.inspection;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tables of names that stand for numbers, such as those of months: {@code number | name name …}. */
final class Names {

    private Names() {}

    static Map<String, Integer> load(String name) {
        Map<String, Integer> numbers = new HashMap<>();
        String file = "/mail-rules/" + name + ".txt";
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(Names.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
            reader.lines().filter(line -> line.contains("|")).forEach(line -> {
                String[] parts = line.split("\\|", 2);
                for (String word : parts[1].strip().split(" ")) {
                    numbers.put(word, Integer.valueOf(parts[0].strip()));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return numbers;
    }

    /** The longest first, so that "mars" is not read as "mar". */
    static String pattern(Map<String, Integer> names) {
        return names.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
    }
}
