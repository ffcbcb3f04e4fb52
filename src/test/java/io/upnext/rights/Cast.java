package io.upnext.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.HttpHeaders.encodeBasicAuth;

import io.upnext.rights.Matrix.Line;
import io.upnext.security.Role;
import io.upnext.testing.Api;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import jakarta.servlet.Filter;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** One person of each role in one unit, a colleague beside them and a stranger elsewhere, each with things of their own. */
final class Cast {

    /** An id that nothing has. */
    static final String NOBODYS = "0192f000-0000-7000-8000-000000000000";

    private final Api api;
    private final MockMvc mvc;
    private final Props props;
    private final List<Person> actors;
    private final Person colleague;
    private final Person stranger;

    Cast(ApplicationContext context) {
        api = context.getBean(Api.class);
        mvc = MockMvcBuilders.webAppContextSetup((WebApplicationContext) context)
                .addFilters(context.getBean("springSecurityFilterChain", Filter.class))
                .build();
        var users = context.getBean(TestUsers.class);
        var unit = users.unit().id();
        actors = List.of(
                users.with(unit, Role.ADMINISTRATOR),
                users.with(unit, Role.SEQUENCE_MANAGER),
                users.with(unit, Role.SALES_MANAGER),
                users.with(unit, Role.SALESPERSON));
        colleague = users.seller(unit);
        stranger = users.seller();
        props = new Props(
                context,
                Stream.concat(actors.stream(), Stream.of(colleague, stranger)).toList());
    }

    /** What was seen: {@code +} the right is there, {@code x} refused, {@code 0} hidden. */
    record Seen(String grid, String example) {}

    Seen play(Line line) {
        var grid = new StringBuilder();
        var example = new StringBuilder();
        for (int role = 0; role < actors.size(); role++) {
            Person actor = actors.get(role);
            List<Person> owners = line.hasRelations() ? List.of(actor, colleague, stranger) : List.of(actor);
            for (Person owner : owners) {
                boolean left = line.isOpen()
                        || (grid.length() < line.grid().length() && line.grid().charAt(grid.length()) == '.');
                int status = left ? 0 : call(line, actor, owner);
                grid.append(left ? '.' : sign(status));
                example.append(' ').append(status);
            }
        }
        return new Seen(grid.toString(), example.toString());
    }

    private int call(Line line, Person actor, Person owner) {
        String target = props.of(line.target(), owner);
        String body = line.body()
                .replace("$owner", owner.id().toString())
                .replace("$name", TestUsers.next("n"))
                .replace("$colleague", colleague.username());
        if (body.contains("$lead")) {
            body = body.replace("$lead", props.of("lead", owner));
        }
        int status = send(actor, line, target, body);
        assertThat(status).as(line.operation() + " by " + actor.user().roles()).isLessThan(500);
        return status;
    }

    /** Without the way over the network, which would take most of the time; a body of another type takes it. */
    private int send(Person actor, Line line, String target, String body) {
        String[] typed = body.split(" :: ", 2);
        if (typed.length == 2) {
            return api.as(actor)
                    .send(line.method(), path(line, target), typed[0], typed[1].replace("\\r\\n", "\r\n"))
                    .status();
        }
        try {
            return mvc.perform(MockMvcRequestBuilders.request(
                                    HttpMethod.valueOf(line.method()), URI.create("/api/v1" + path(line, target)))
                            .header(
                                    "Authorization",
                                    "Basic " + encodeBasicAuth(actor.username(), actor.password(), null))
                            .header("If-Match", "*")
                            .contentType(MediaType.APPLICATION_JSON)
                            .content(body))
                    .andReturn()
                    .getResponse()
                    .getStatus();
        } catch (Exception e) {
            throw new AssertionError(line.operation(), e);
        }
    }

    static String path(Line line, String target) {
        return line.path()
                .replace("{type}", "leads")
                .replaceFirst("\\{[a-z]+}", target)
                .replaceAll("\\{[a-z]+}", NOBODYS);
    }

    private static char sign(int status) {
        return switch (status) {
            case 403 -> 'x';
            case 404 -> '0';
            default -> '+';
        };
    }
}
