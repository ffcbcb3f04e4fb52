package io.upnext.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The sentences of one language by their English original; the files say how they are written. */
final class Sentences {

    private static final String BEGINNING = "@ ";
    /** Under which keys the bundles have a word for what the product calls by a code. */
    private static final Map<String, String> CODES = Map.of(
            "field", "field.",
            "type", "record.plural.",
            "state", "word.",
            "mode", "modes.",
            "kind", "record.kind.",
            "op", "filters.op.");

    private static final Pattern BLANK = Pattern.compile("(?<!\\{)\\{([a-z]+)}(?!})");

    private final List<Sentence> whole = new ArrayList<>();
    private final List<Sentence> beginnings = new ArrayList<>();

    /** @param blanks names of what changes, in the order of the original */
    private record Sentence(Pattern original, List<String> blanks, String translation, int literal) {

        Optional<String> fill(Matcher matcher, BinaryOperator<String> words) {
            String text = translation;
            for (int i = 0; i < blanks.size(); i++) {
                String value = matcher.group(i + 1);
                text = text.replace("{" + blanks.get(i) + "}", said(blanks.get(i), value, words));
            }
            return Optional.of(text);
        }

        /** {@code states} is a list of states, {@code types} and {@code typet} are types, too. */
        private static String said(String blank, String value, BinaryOperator<String> words) {
            String key = CODES.getOrDefault(blank, CODES.get(blank.replaceAll("[st]$", "")));
            return key == null
                    ? value
                    : Arrays.stream(value.split(", "))
                            .map(code -> words.apply(
                                    key + (blank.equals("field") ? code : code.toUpperCase(Locale.ROOT)), code))
                            .collect(Collectors.joining(", "));
        }
    }

    static Sentences read(String language) {
        Sentences sentences = new Sentences();
        try (InputStream file = Sentences.class.getResourceAsStream("/i18n/refusals_" + language + ".txt")) {
            if (file != null) {
                sentences.read(new String(file.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sentences;
    }

    private void read(List<String> lines) {
        String original = null;
        for (String line : lines) {
            if (line.startsWith(" ")) {
                add(original, line.strip());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                original = line;
            }
        }
        // What says more of the sentence itself is asked first
        whole.sort(Comparator.comparingInt(Sentence::literal).reversed());
        beginnings.sort(Comparator.comparingInt(Sentence::literal).reversed());
    }

    private void add(String original, String translation) {
        if (original.startsWith(BEGINNING)) {
            beginnings.add(sentence(original.substring(BEGINNING.length()), translation, " (.*)"));
        } else {
            whole.add(sentence(original, translation, ""));
        }
    }

    private static Sentence sentence(String original, String translation, String rest) {
        StringBuilder pattern = new StringBuilder();
        List<String> blanks = new ArrayList<>();
        Matcher blank = BLANK.matcher(original);
        int from = 0;
        while (blank.find()) {
            pattern.append(Pattern.quote(original.substring(from, blank.start())))
                    .append("(.*?)");
            blanks.add(blank.group(1));
            from = blank.end();
        }
        pattern.append(Pattern.quote(original.substring(from))).append(rest);
        return new Sentence(
                Pattern.compile(pattern.toString(), Pattern.DOTALL), blanks, translation, original.length());
    }

    /** @param words says what a key of the bundles is, or else the name or code of the API itself */
    Optional<String> find(String sentence, BinaryOperator<String> words) {
        return whole.stream()
                .map(one -> matched(one, sentence).flatMap(matcher -> one.fill(matcher, words)))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> fromItsBeginning(sentence, words));
    }

    private Optional<String> fromItsBeginning(String sentence, BinaryOperator<String> words) {
        for (Sentence beginning : beginnings) {
            Optional<Matcher> matcher = matched(beginning, sentence);
            Optional<String> rest =
                    matcher.map(found -> found.group(found.groupCount())).flatMap(text -> find(text, words));
            if (rest.isPresent()) {
                return beginning.fill(matcher.get(), words).map(begun -> begun + " " + rest.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<Matcher> matched(Sentence one, String sentence) {
        Matcher matcher = one.original.matcher(sentence);
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }
}
