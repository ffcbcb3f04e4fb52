package io.upnext.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.sequence.Definition;
import io.upnext.sequence.json.DefinitionJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares what the compiler makes with files that were looked at once. To write them anew on purpose:
 * {@code mvn test -Dtest=GoldenFilesTest -Dgolden=write}, then read the difference.
 */
class GoldenFilesTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final Path FOR_MODELER = Path.of("bpmn");

    static Stream<String> examples() {
        return Examples.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleCompilesIntoItsGoldenFile(String name) throws IOException {
        assertGolden(GOLDEN.resolve(name + ".bpmn"), Examples.all().get(name));
    }

    @Test
    void theExampleForModelerIsWhatItsSequenceCompilesInto() throws IOException {
        String json = Files.readString(FOR_MODELER.resolve("high-volume-outbound.json"));

        assertGolden(FOR_MODELER.resolve("high-volume-outbound.bpmn"), DefinitionJson.read(json));
    }

    @Test
    void theExampleForModelerIsTheOneOfTheTests() throws IOException {
        Definition read = DefinitionJson.read(Files.readString(FOR_MODELER.resolve("high-volume-outbound.json")));

        assertThat(xml(read)).isEqualTo(xml(Examples.outbound()));
    }

    private static void assertGolden(Path file, Definition definition) throws IOException {
        String xml = xml(definition);
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, xml);
        }

        assertThat(xml).isEqualTo(Files.readString(file));
    }

    private static String xml(Definition definition) {
        return Compiler.xml(Examples.version(definition), definition.name());
    }
}
