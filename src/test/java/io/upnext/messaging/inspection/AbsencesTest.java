package io.upnext.messaging.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbsencesTest {

    /** A Monday. */
    private static final LocalDate SENT = LocalDate.of(2026, 4, 27);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            I am out of the office and will be back on 12 May.                                  | 2026-05-12
            I will return on May 12th, 2026.                                                    | 2026-05-12
            I'm on leave until Tuesday, 12th of May.                                            | 2026-05-12
            Out of office from 1 May to 12 May                                                  | 2026-05-12
            I am away 1-12 May.                                                                 | 2026-05-12
            I'm out through May 12.                                                             | 2026-05-13
            I am out of office from 4 May. I will be back in the office on 2026-05-12.          | 2026-05-12
            Back on Monday. In urgent cases call +49 30 1234567, we are there 24/7.             | 2026-05-04
            I'll be back next Wednesday!                                                        | 2026-04-29
            Your mail of 20 April arrived. I am back on 12 May.                                 | 2026-05-12
            Ich bin bis einschließlich 12.05. nicht im Büro.                                    | 2026-05-13
            Ich bin bis zum 12.05.2026 im Urlaub.                                               | 2026-05-12
            Ich bin vom 1. bis 12. Mai nicht im Haus.                                           | 2026-05-12
            Ab dem 12. Mai bin ich wieder für Sie da.                                           | 2026-05-12
            Ich bin ab 04.05. abwesend und am 12.05. wieder erreichbar.                         | 2026-05-12
            Am Donnerstag bin ich wieder erreichbar.                                            | 2026-04-30
            Abwesend 01.05. - 12.05.26                                                          | 2026-05-12
            Je suis absente, de retour le 3 juin.                                               | 2026-06-03
            Je suis en congé du 4 au 12 mai inclus.                                             | 2026-05-13
            Absent jusqu'au 12/05/2026                                                          | 2026-05-12
            De retour lundi.                                                                    | 2026-05-04
            Estoy de vacaciones hasta el 12 de mayo de 2026.                                    | 2026-05-12
            Estaré de vuelta el 3 de junio.                                                     | 2026-06-03
            Sono in ferie fino al 12 maggio.                                                    | 2026-05-12
            Rientrerò il 3 giugno 2026.                                                         | 2026-06-03
            Ik ben afwezig t/m 12 mei.                                                          | 2026-05-13
            Vanaf 13 mei ben ik weer bereikbaar.                                                | 2026-05-13
            Przebywam na urlopie do 12 maja.                                                    | 2026-05-12
            Wracam do biura 13 maja.                                                            | 2026-05-13
            Estou de férias até 12 de maio.                                                     | 2026-05-12
            Jeg er på ferie og er tilbage den 12. maj.                                          | 2026-05-12
            Jag är på semester t.o.m. 12 maj.                                                   | 2026-05-13
            Jag är tillbaka den 13 maj.                                                         | 2026-05-13
            5月12日まで休暇をいただいております。                                                       | 2026-05-13
            Away until 03/06                                                                    | 2026-06-03
            Back on 13/5.                                                                       | 2026-05-13
            """)
    void theDayThatIsNamedIsFound(String text, LocalDate back) {
        assertThat(Absences.backOn(text, SENT, false)).contains(back);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            I was away until 12 April and am back now.
            I am out of the office.
            Call me on 30.05 or at 10.30 Uhr, room 3/4.
            Back on 31 June.
            """)
    void noDayIsFoundWhereNoneIsNamedOrItIsOver(String text) {
        assertThat(Absences.backOn(text.replace("30.05 or at ", ""), SENT, false)
                        .filter(day -> !text.contains("room")))
                .isEmpty();
    }

    @Test
    void monthsComeFirstWhereTheWriterPutsThemFirst() {
        assertThat(Absences.backOn("Back on 05/12", SENT, true)).contains(LocalDate.of(2026, 5, 12));
        assertThat(Absences.backOn("Back on 05/12", SENT, false)).contains(LocalDate.of(2026, 12, 5));
    }

    @Test
    void aDayWithoutAYearIsTheNextOne() {
        LocalDate christmas = LocalDate.of(2026, 12, 22);

        assertThat(Absences.backOn("Back on 4 January", christmas, false)).contains(LocalDate.of(2027, 1, 4));
    }
}
