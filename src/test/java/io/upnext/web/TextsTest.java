package io.upnext.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextsTest {

    private static final Pattern KEY = Pattern.compile("#\\{([a-zA-Z][\\w.-]*)[}(]");
    private static final Pattern MESSAGE = Pattern.compile("#messages\\.msg\\('([^']+)'\\)");

    static String[] packages() {
        return Texts.PACKAGES;
    }

    @ParameterizedTest
    @MethodSource("packages")
    void englishAndGermanHaveTheSameTexts(String name) throws IOException {
        assertThat(keys(name + "_de")).isEqualTo(keys(name));
    }

    @Test
    void everyTextATemplateAsksForExists() throws IOException {
        var known = new HashSet<String>();
        for (var name : packages()) {
            known.addAll(keys(name));
        }
        var missing = new ArrayList<String>();
        try (var files = Files.walk(Path.of("src/main/resources/templates"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var template = Files.readString(file);
                for (var pattern : new Pattern[] {KEY, MESSAGE}) {
                    pattern.matcher(template)
                            .results()
                            .map(found -> found.group(1))
                            .filter(key -> !known.contains(key))
                            .forEach(key -> missing.add(file.getFileName() + ": " + key));
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    /** Only a text with arguments is read by {@code MessageFormat}, for which one apostrophe must be two. */
    @ParameterizedTest
    @MethodSource("packages")
    void apostrophesAreDoubledExactlyWhereATextHasArguments(String name) throws IOException {
        var argument = Pattern.compile("\\{\\d");
        var single = Pattern.compile("(?<!')'(?!')");
        for (var bundle : new String[] {name, name + "_de"}) {
            var texts = texts(bundle);
            for (var key : texts.stringPropertyNames()) {
                var text = texts.getProperty(key);
                var wrong = argument.matcher(text).find() ? single.matcher(text).find() : text.contains("''");
                assertThat(wrong).as(key + " = " + text).isFalse();
            }
        }
    }

    /** Thymeleaf replaces first: a condition on the same element would never be asked. */
    @Test
    void noElementIsReplacedAndConditionalAtOnce() throws IOException {
        var both = Pattern.compile("<[^>]*th:replace=[^>]*\\sth:(if|unless)=|<[^>]*\\sth:(if|unless)=[^>]*th:replace=");
        try (var files = Files.walk(Path.of("src/main/resources/templates"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern(both);
            }
        }
    }

    /** A strict content security policy runs none of these. */
    @Test
    void templatesHaveNoInlineScriptsOrStyles() throws IOException {
        var inline =
                Pattern.compile("<script(?![^>]*src=)|<style|\\sstyle=|\\son[a-z]+=|javascript:|th:utext|th:style");
        var offending = new ArrayList<String>();
        try (var files = Files.walk(Path.of("src/main/resources/templates"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (inline.matcher(Files.readString(file)).find()) {
                    offending.add(file.getFileName().toString());
                }
            }
        }

        assertThat(offending).isEmpty();
    }

    private static Set<String> keys(String name) throws IOException {
        return texts(name).stringPropertyNames();
    }

    private static Properties texts(String name) throws IOException {
        var texts = new Properties();
        var file = TextsTest.class.getResourceAsStream("/i18n/" + name + ".properties");
        if (file != null) {
            try (var reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
                texts.load(reader);
            }
        }
        return texts;
    }
}
