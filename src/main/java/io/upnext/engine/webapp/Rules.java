package io.upnext.engine.webapp;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The requests to the engine's web applications that somebody may make at all; whatever is not listed is refused.
 * Whose tasks and which rows one gets is decided behind this, by the engine's authorizations.
 */
final class Rules {

    private static final String ENGINE = "/camunda/api/engine/engine/default";
    private static final String ID = "/[^/]+";
    private static final String LOG_OUT = "/camunda/api/admin/auth/user/default/logout";

    private static final Set<String> READ = Set.of("GET", "HEAD");
    private static final Set<String> ASK = Set.of("GET", "HEAD", "POST");

    /** The set-up makes an administrator where the engine knows none (CVE-2026-77226). */
    private static final List<Rule> NEVER = List.of(
            new Rule(null, "/camunda/api/admin/setup(/.*)?"), new Rule(null, "/camunda/app/admin/[^/]+/setup(/.*)?"));

    private static final List<Rule> EVERYBODY = List.of(
            new Rule(READ, "/camunda/?"),
            new Rule(READ, "/camunda/(?!api/|app/).*"),
            new Rule(READ, "/camunda/app(/(tasklist|welcome)(/.*)?)?/?"),
            new Rule(READ, "/camunda/api/admin/auth/user/default"),
            new Rule(Set.of("POST"), LOG_OUT),
            new Rule(READ, "/camunda/api/(admin|cockpit|tasklist|welcome)/plugin/[^/]+/static/.*"),
            new Rule(READ, "/camunda/api/engine/engine/?"),
            new Rule(READ, ENGINE + "/identity/groups"),
            new Rule(READ, ENGINE + "/user" + ID + "/profile"),
            new Rule(READ, ENGINE + "/authorization/check"),
            new Rule(Set.of("GET", "HEAD", "OPTIONS"), ENGINE + "/filter(/count)?"),
            new Rule(Set.of("GET", "HEAD", "OPTIONS"), ENGINE + "/filter" + ID),
            new Rule(ASK, ENGINE + "/filter" + ID + "/(list|count|singleResult)"),
            new Rule(ASK, ENGINE + "/task(/count)?"),
            new Rule(Set.of("GET", "HEAD", "PUT"), ENGINE + "/task" + ID),
            new Rule(
                    READ,
                    ENGINE + "/task" + ID
                            + "/(form|form-variables|deployed-form|identity-links|comment|localVariables|variables)"),
            new Rule(Set.of("POST"), ENGINE + "/task" + ID + "/(claim|unclaim|assignee|complete|submit-form)"));

    private static final List<Rule> ADMINISTRATORS = List.of(
            new Rule(READ, "/camunda/app(/.*)?"),
            new Rule(READ, "/camunda/api/(admin|cockpit|tasklist|welcome)/plugin/.*"),
            new Rule(Set.of("GET", "HEAD", "OPTIONS"), ENGINE + "/.*"),
            new Rule(Set.of("POST"), "/camunda/api/cockpit/plugin/base/default/.*"),
            new Rule(
                    Set.of("POST"),
                    ENGINE
                            + "/(process-instance|execution|job|variable-instance|external-task|group|incident)(/count)?"),
            new Rule(
                    Set.of("POST"),
                    ENGINE
                            + "/history/(process-instance|activity-instance|variable-instance|detail|task|incident|job-log"
                            + "|external-task-log)(/count)?"),
            new Rule(Set.of("PUT"), ENGINE + "/(job|job-definition)" + ID + "/retries"));

    private Rules() {}

    static boolean isNeverAllowed(String path) {
        return NEVER.stream().anyMatch(rule -> rule.path.matcher(path).matches());
    }

    static boolean isAllowed(String method, String path, boolean administrator) {
        return !isNeverAllowed(path)
                && (matches(EVERYBODY, method, path) || administrator && matches(ADMINISTRATORS, method, path));
    }

    static boolean isLogOut(String path) {
        return LOG_OUT.equals(path);
    }

    private static boolean matches(List<Rule> rules, String method, String path) {
        return rules.stream().anyMatch(rule -> rule.matches(method, path));
    }

    /** @param methods null for all */
    private record Rule(Set<String> methods, Pattern path) {

        Rule(Set<String> methods, String path) {
            this(methods, Pattern.compile(path));
        }

        boolean matches(String method, String asked) {
            return (methods == null || methods.contains(method))
                    && path.matcher(asked).matches();
        }
    }
}
