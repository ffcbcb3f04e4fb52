package io.upnext.sequence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Port: what the checks must know of templates, mailboxes and the text gateway, which live further down the house. */
public interface MailFacts {

    /** The template of that name; empty where there is none. */
    Optional<Template> template(String name);

    /** The names to choose from in the designer. */
    default List<String> templateNames() {
        return List.of();
    }

    /** The size in bytes of the attachment of that name; empty where there is none. */
    default Optional<Integer> attachment(String name) {
        return Optional.empty();
    }

    /** The names of attachments to choose from in the designer. */
    default List<String> attachmentNames() {
        return List.of();
    }

    /** The template of text messages of that name; empty where there is none. */
    default Optional<Template> textTemplate(String name) {
        return Optional.empty();
    }

    default List<String> textTemplateNames() {
        return List.of();
    }

    /** Can text messages be sent: is a gateway set up, and not stopped? */
    default boolean textGatewayWorks() {
        return false;
    }

    boolean anyWorkingMailbox();

    boolean mailboxExists(String id);

    /** The mailboxes to choose from as sender, in the designer: id → address. */
    default Map<String, String> mailboxes() {
        return Map.of();
    }

    /**
     * @param languages the languages it exists in
     * @param placeholders every placeholder without a fallback, such as {@code record.firstName}, over all languages
     */
    record Template(String name, Set<String> languages, Set<String> placeholders) {}
}
