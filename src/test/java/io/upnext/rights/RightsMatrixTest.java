package io.upnext.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.rights.Matrix.Line;
import io.upnext.security.Settings;
import io.upnext.shared.Actor;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.UpnextTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * The rights of every role on every operation of the API, on what is one's own, the own unit's and foreign. The matrix is
 * {@code rights/matrix.txt}; an operation that is not in it fails the test.
 */
@UpnextTest
class RightsMatrixTest {

    @Autowired
    Api api;

    @Autowired
    ApplicationContext context;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Autowired
    Settings settings;

    private static final Set<String> CREATING =
            Set.of("POST /sequences", "POST /sequences/{id}/copy", "POST /sequence-templates/{key}/sequences");

    private final List<Line> matrix = Matrix.read();

    @Test
    void the_matrix_holds_every_operation_of_the_api_and_no_other() {
        var there = new TreeSet<String>();
        mappings.getHandlerMethods().keySet().forEach(info -> info.getPatternValues().stream()
                .filter(path -> path.startsWith("/api/v1"))
                .forEach(path -> info.getMethodsCondition()
                        .getMethods()
                        .forEach(
                                method -> there.add(method + " " + Matrix.plain(path.substring("/api/v1".length()))))));

        assertThat(matrix).extracting(Line::operation).containsExactlyInAnyOrderElementsOf(there);
    }

    @Test
    void every_role_may_exactly_what_the_matrix_says() {
        var cast = new Cast(context);
        var differences = new ArrayList<String>();

        for (Line line : matrix) {
            var seen = cast.play(line);
            if (!line.agrees(seen.grid())) {
                differences.add(line.operation() + " | " + line.target() + " | " + seen.grid() + "   instead of "
                        + line.grid() + seen.example());
            }
        }

        assertThat(differences).isEmpty();
    }

    @Test
    void settings_take_sequences_of_others_and_connecting_away_everywhere() {
        var cast = new Cast(context);
        // Whoever may not create sequences has one from before
        matrix.stream()
                .filter(line -> line.operation().equals("GET /sequences/{id}"))
                .forEach(cast::play);
        settings.set(Actor.SYSTEM, "ownSequencesOnly", true);
        settings.set(Actor.SYSTEM, "connectingRoles", Set.of("ADMINISTRATOR", "SEQUENCE_MANAGER", "SALES_MANAGER"));
        try {
            for (Line line : matrix) {
                if (line.target().equals("sequence") && line.hasRelations()) {
                    String others = cast.play(line).grid().substring(10);
                    assertThat(others).as(line.operation()).isEqualTo("00");
                }
                if (CREATING.contains(line.operation())) {
                    char own = cast.play(line).grid().charAt(line.hasRelations() ? 9 : 3);
                    assertThat(own).as(line.operation()).isEqualTo('x');
                }
            }
        } finally {
            settings.set(Actor.SYSTEM, "ownSequencesOnly", null);
            settings.set(Actor.SYSTEM, "connectingRoles", null);
        }
    }

    @Test
    void nobody_may_anything_without_log_in() {
        assertThat(matrix)
                .filteredOn(line -> !line.isOpen())
                .extracting(line -> line.operation() + ": " + anonymously(line).status())
                .allSatisfy(answer -> assertThat(answer).endsWith(": 401"));
    }

    private Answer anonymously(Line line) {
        return api.anonymous().send(line.method(), Cast.path(line, Cast.NOBODYS), "application/json", "{}");
    }
}
