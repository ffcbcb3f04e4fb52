package io.upnext.web;

import io.upnext.security.CurrentUser;
import io.upnext.security.Right;
import java.util.List;
import java.util.function.Predicate;

/** The entries of the top navigation and who sees them. */
final class Navigation {

    /** @param key of the text; @param icon a name of Bootstrap Icons; @param path what it leads to */
    public record Entry(String key, String icon, String path) {}

    private record Rule(Entry entry, Predicate<CurrentUser> shown) {}

    private static final List<Rule> MAIN = List.of(
            always("nav.work", "lightning-charge", "/work"),
            always("nav.inbox", "inbox", "/inbox"),
            always("nav.leads", "person-plus", "/records/leads"),
            always("nav.opportunities", "graph-up-arrow", "/records/opportunities"),
            always("nav.contacts", "people", "/records/contacts"),
            always("nav.accounts", "building", "/records/accounts"),
            with(Right.VIEW_SEQUENCES, "nav.sequences", "diagram-3", "/sequences"),
            with(Right.MANAGE_AUDIENCES, "nav.audiences", "bullseye", "/audiences"),
            with(Right.MANAGE_MAIL_TEMPLATES, "nav.mail-templates", "envelope-paper", "/mail-templates"),
            with(Right.ADMINISTER, "nav.admin", "gear", "/admin"));

    private static final List<Rule> TOOLS = List.of(
            always("nav.tasklist", "list-check", "/camunda/app/tasklist/default/"),
            with(Right.ADMINISTER, "nav.cockpit", "speedometer2", "/camunda/app/cockpit/default/"));

    private static final List<Rule> ADMIN = List.of(
            always("nav.users", "person", "/admin/users"),
            always("nav.teams", "people", "/admin/teams"),
            always("nav.units", "diagram-2", "/admin/units"),
            with(Right.MANAGE_MAILBOXES, "nav.mailboxes", "mailbox", "/admin/mailboxes"),
            with(Right.ADMINISTER, "nav.domains", "patch-check", "/admin/domains"),
            always("nav.text-gateway", "chat-dots", "/admin/text-gateway"),
            with(Right.MANAGE_SUPPRESSIONS, "nav.suppressions", "slash-circle", "/admin/suppressions"),
            always("nav.sending", "send", "/admin/sending"),
            with(Right.MANAGE_MAILBOXES, "nav.unmatched", "question-circle", "/unmatched-mails"),
            with(Right.SOLVE_INCIDENTS, "nav.uncertain", "hourglass-split", "/uncertain-mails"),
            with(Right.SOLVE_INCIDENTS, "nav.uncertain-texts", "chat-left-dots", "/uncertain-texts"),
            always("nav.webhooks", "broadcast", "/admin/webhooks"),
            always("nav.check", "clipboard-check", "/admin/check"),
            always("nav.calendar", "calendar-week", "/admin/calendar"),
            always("nav.settings", "sliders", "/admin/settings"),
            always("nav.audit", "journal-text", "/admin/audit"));

    private Navigation() {}

    static List<Entry> main(CurrentUser user) {
        return shown(MAIN, user);
    }

    static List<Entry> tools(CurrentUser user) {
        return shown(TOOLS, user);
    }

    static List<Entry> admin(CurrentUser user) {
        return shown(ADMIN, user);
    }

    private static List<Entry> shown(List<Rule> rules, CurrentUser user) {
        return rules.stream()
                .filter(rule -> rule.shown.test(user))
                .map(Rule::entry)
                .toList();
    }

    private static Rule always(String key, String icon, String path) {
        return new Rule(new Entry(key, icon, path), user -> true);
    }

    private static Rule with(Right right, String key, String icon, String path) {
        return new Rule(new Entry(key, icon, path), user -> user.may(right));
    }
}
