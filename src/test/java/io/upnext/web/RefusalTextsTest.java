package io.upnext.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.upnext.testing.Api;
import io.upnext.testing.TestUsers;
import io.upnext.testing.UpnextTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Pages say what was refused in their language, and without the names of the API's members. */
@UpnextTest
class RefusalTextsTest {

    /** Answers of these are no page's. */
    private static final Pattern ONLY_OF_THE_API = Pattern.compile(
            "\\w*(Api|Controller)\\.java|(Advances|EditionTag|Inspections|RecordToFill|Webhook)\\.java");

    @Autowired
    RefusalTexts texts;

    @Autowired
    Api api;

    @Autowired
    TestUsers users;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    The sequence has no name; give it one. | Die Sequenz hat keinen Namen; geben Sie ihr einen.
                    Step 'a' (Call) has no template; an automated mail needs one. | Schritt „Call“ (a) hat keine Vorlage; eine automatische E-Mail braucht eine.
                    The filter of step 'a' has 9 conditions; 8 are the most. | Der Filter von Schritt „a“ hat 9 Bedingungen; höchstens 8 sind möglich.
                    'smtp.host' must be the name of a server. | „SMTP-Server“ muss der Name eines Servers sein.
                    'exitOnReply' needs at least one mail step; add one or switch the option off. | „Ausstieg bei Antwort“ braucht mindestens einen E-Mail-Schritt; fügen Sie einen hinzu oder schalten Sie die Option aus.
                    The mailbox cannot be saved: 'address' must be a mail address such as ada@example.com. | Das Postfach kann nicht gespeichert werden: Die Adresse muss eine E-Mail-Adresse wie ada@example.com sein.
                    The organisation has reached its 2 texts of today; the text leaves at its planned time. | Die Organisation hat ihre 2 Textnachrichten von heute erreicht; die Textnachricht geht zur geplanten Zeit ab.
                    This answer cannot be sent: the number is on the suppression list. | Diese Antwort kann nicht gesendet werden: die Nummer steht auf der Sperrliste.
                    The server refuses the log-in as 'ada': 535 5.7.8 no Check user name and password, and whether the account allows mail programs. | Der Server lehnt die Anmeldung als „ada“ ab: 535 5.7.8 no Prüfen Sie Benutzer und Passwort und ob das Konto E-Mail-Programme zulässt.
                    3 of the 900 mails of 2026-03-02 were complained about as spam; from 0.3 % on the mailbox is stopped. | Über 3 der 900 E-Mails vom 2026-03-02 gab es Beschwerden als Spam; ab 0,3 % wird das Postfach angehalten.
                    'Ada' is in state LOST; only OPEN, WON can be connected. | „Ada“ ist im Zustand „Verloren“; verbinden lässt sich nur, was in einem dieser Zustände ist: Offen, Gewonnen.
                    'Ada' is of type ACCOUNT; the sequence 'Out' is for type LEAD. | „Ada“ steht unter „Firmen“; die Sequenz „Out“ ist für „Leads“.
                    The step 'Call' is no longer open: it is SKIPPED. | Der Schritt „Call“ ist nicht mehr offen; er ist „Übersprungen“.
                    The filter on 'x' uses STARTS_WITH, which does not fit a field of kind NUMBER. | Der Filter auf „x“ verwendet „beginnt mit“; das passt nicht zu einem Feld der Art „Zahl“.
                    Step 'a' (Call) is a wait, a condition or a go-to, which the mode CLASSIC does not have; take it out. | Schritt „Call“ (a) ist eine Wartezeit, eine Bedingung oder ein Sprung; das gibt es im Modus „Klassisch“ nicht. Nehmen Sie den Schritt heraus.
                    Nobody has translated this. | Nobody has translated this.
                    """)
    void a_sentence_is_said_in_german(String english, String german) {
        assertThat(texts.in(Locale.GERMAN, english)).isEqualTo(german);
    }

    /** Read off the source, so that no sentence falls behind; who writes a new one adds it to i18n/refusals_de.txt. */
    @Test
    void whatever_pages_may_refuse_with_is_there_in_german() throws IOException {
        Map<String, String> said = SaidInSource.under(Path.of("src/main/java"));

        assertThat(said).hasSizeGreaterThan(500);
        assertThat(said.entrySet().stream()
                        .filter(sentence ->
                                !ONLY_OF_THE_API.matcher(sentence.getValue()).matches())
                        .map(Map.Entry::getKey)
                        .filter(sentence -> !InGerman.missing(List.of(sentence)).isEmpty())
                        // What goes on with another sentence is looked up in parts
                        .filter(sentence -> !InGerman.missing(List.of(sentence.replaceAll(
                                        SaidInSource.BLANK + "\\.?$", "The sequence has no steps; add at least one.")))
                                .isEmpty()))
                .isEmpty();
    }

    @Test
    void what_a_sentence_names_is_kept_whatever_it_looks_like() {
        assertThat(texts.in(Locale.GERMAN, "There is a tag '{path} $1' already; choose another name."))
                .isEqualTo("Das Schlagwort „{path} $1“ gibt es schon; wählen Sie einen anderen Namen.");
    }

    @Test
    void english_pages_do_not_name_members_of_the_api() {
        assertThat(texts.in(Locale.ENGLISH, "Say in 'changeDescription' what this version changes."))
                .isEqualTo("Say what this version changes.");
        assertThat(texts.in(
                        Locale.ENGLISH,
                        "Step 'a' advances to 'Out', which is for another record type; choose one for the type LEAD."))
                .isEqualTo("Step 'a' advances to 'Out', which is for another record type; choose one for Leads.");
        assertThat(texts.in(Locale.ENGLISH, "'Ada' is in state DISQUALIFIED; only NEW can be connected."))
                .isEqualTo("'Ada' is in the state “Disqualified”; only these states can be connected: New.");
    }

    @Test
    void a_refused_form_and_its_fields_are_german_on_a_german_page() {
        var admin = api.visit(users.administrator());

        String page = admin.post(
                        "/admin/users?lang=de", "username", "", "name", "", "email", "x", "password", "a", "roles", "")
                .text();

        assertThat(page)
                .contains(
                        "Der Name braucht 1 bis 160 Zeichen.",
                        "„x“ ist keine E-Mail-Adresse.",
                        "Der Geschäftsbereich fehlt oder ist unbekannt; wählen Sie einen.",
                        "Das Passwort braucht mindestens")
                .doesNotContain("The name needs", "is no mail address", "The password");
    }

    @Test
    void settings_are_ticked_by_name_and_mistakes_said_in_german() {
        var admin = api.visit(users.administrator());

        String page = admin.get("/admin/settings?lang=de").text();

        assertThat(page)
                .contains("Datensätze verbinden", "Vertriebsmitarbeiter")
                .doesNotContain(">CONNECT_RECORDS<");
        assertThat(admin.post("/admin/settings", "advanceHops", "many").text())
                .contains("muss eine ganze Zahl ab 0 sein.");
        admin.post(
                "/admin/settings", "connectableStates.LEAD", "", "connectableStates.LEAD", "NEW", "advanceHops", "20");
        assertThat(admin.get("/admin/sending?lang=de").text()).contains("Abgelehnte E-Mails");
    }
}
