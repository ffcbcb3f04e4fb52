package io.upnext.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.rights.Matrix.Line;
import io.upnext.security.Role;
import io.upnext.testing.Api;
import io.upnext.testing.Api.Answer;
import io.upnext.testing.Api.Caller;
import io.upnext.testing.TestUsers;
import io.upnext.testing.TestUsers.Person;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;

/** One person of each role in one unit, a colleague beside them and a stranger elsewhere, each with things of their own. */
final class Cast {

    /** An id that nothing has. */
    static final String NOBODYS = "0192f000-0000-7000-8000-000000000000";

    private final Api api;
    private final Props props;
    private final List<Person> actors;
    private final Person colleague;
    private final Person stranger;

    Cast(ApplicationContext context) {
        api = context.getBean(Api.class);
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
                Answer answer = left ? null : call(line, actor, owner);
                grid.append(answer == null ? '.' : sign(answer.status()));
                if (answer != null && example.length() < 200) {
                    example.append(' ').append(answer.status());
                }
            }
        }
        return new Seen(grid.toString(), example.toString());
    }

    private Answer call(Line line, Person actor, Person owner) {
        String target = props.of(line.target(), owner);
        String body = line.body()
                .replace("$owner", owner.id().toString())
                .replace("$name", TestUsers.next("n"))
                .replace("$colleague", colleague.username());
        if (body.contains("$lead")) {
            body = body.replace("$lead", props.of("lead", owner));
        }
        Answer answer = send(api.as(actor), line, target, body);
        assertThat(answer.status())
                .as(line.operation() + " by " + actor.user().roles() + ": " + answer)
                .isLessThan(500);
        return answer;
    }

    static Answer send(Caller caller, Line line, String target, String body) {
        String path = line.path()
                .replaceAll("\\{type[^}]*}", "leads")
                .replaceFirst("\\{[a-z]+}", target)
                .replaceAll("\\{[a-z]+}", NOBODYS);
        if (line.method().equals("GET")) {
            return caller.get(path);
        }
        if (line.method().equals("DELETE")) {
            return caller.delete(path);
        }
        String[] typed = body.split(" :: ", 2);
        return typed.length == 1
                ? caller.with("If-Match", "*").send(line.method(), path, "application/json", body)
                : caller.send(line.method(), path, typed[0], typed[1].replace("\\r\\n", "\r\n"));
    }

    private static char sign(int status) {
        return switch (status) {
            case 403 -> 'x';
            case 404 -> '0';
            default -> '+';
        };
    }
}
