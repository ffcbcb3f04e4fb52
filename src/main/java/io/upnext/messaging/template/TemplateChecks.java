package io.upnext.messaging.template;

import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.Problem;
import io.upnext.shared.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What is wrong with a template as somebody wrote it, found all at once; alike for mails and texts. */
final class TemplateChecks {

    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");

    private final String kind;
    private final List<Problem> problems = new ArrayList<>();

    /** @param kind as in sentences: "mail template" */
    TemplateChecks(String kind) {
        this.kind = kind;
    }

    TemplateChecks key(String name, String language, RecordType recordType) {
        return that("name", TemplateNames.valid(name), TemplateNames.RULE)
                .that(
                        "language",
                        language != null && LANGUAGE.matcher(language).matches(),
                        "'language' must be a language code such as 'en' or 'de'.")
                .that(
                        "recordType",
                        recordType != null,
                        "'recordType' is needed: LEAD, OPPORTUNITY, CONTACT or ACCOUNT.");
    }

    TemplateChecks that(String field, boolean holds, String message) {
        if (!holds) {
            problems.add(Problem.error("template-" + field, message));
        }
        return this;
    }

    /** @param mistakes a sentence for each thing between braces that is no placeholder */
    TemplateChecks placeholders(List<String> mistakes) {
        mistakes.forEach(sentence -> that("placeholder", false, sentence));
        return this;
    }

    /** @throws InvalidException naming everything that is wrong so far */
    void done() {
        if (!problems.isEmpty()) {
            throw new InvalidException(
                    "The " + kind + " cannot be saved: " + problems.get(0).message(), problems);
        }
    }

    /** Lists of templates are sorted by name, either way round. */
    static boolean ascending(PageQuery page, String kinds) {
        for (PageQuery.Sort sort : page.sort()) {
            if (!sort.property().equals("name")) {
                throw new InvalidException(kinds + " cannot be sorted by '" + sort.property() + "', only by 'name'.");
            }
        }
        return page.sort().isEmpty() || page.sort().get(0).ascending();
    }
}
