package io.upnext.enrollment.abtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.upnext.shared.VersionId;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VerdictArithmeticTest {

    /** The lady who tasted tea, and tables that other software was asked about. */
    @Test
    void fishers_exact_test_agrees_with_known_tables() {
        assertThat(new FisherExact(4, 4, 4).p(3)).isCloseTo(34 / 70.0, within(1e-12));
        assertThat(new FisherExact(4, 4, 4).p(4)).isCloseTo(2 / 70.0, within(1e-12));
        assertThat(new FisherExact(5, 5, 5).p(5)).isCloseTo(2 / 252.0, within(1e-12));
        assertThat(new FisherExact(12, 5, 8).p(8)).isCloseTo(0.02941176470588, within(1e-9));
        assertThat(new FisherExact(100, 100, 30).p(15)).isCloseTo(1, within(1e-9));
        assertThat(new FisherExact(20_000, 20_000, 400).p(260)).isLessThan(1e-8);
        assertThat(new FisherExact(0, 0, 0).p(0)).isEqualTo(1);
    }

    @Test
    void the_levels_of_all_looks_together_are_five_per_cent() {
        double sum = 0;
        for (int look = 1; look < 100_000; look++) {
            sum += Looks.level(look);
        }

        assertThat(sum).isCloseTo(Looks.LEVEL, within(1e-5)).isLessThan(Looks.LEVEL);
    }

    @Test
    void nobody_looks_before_anything_could_be_clear_nor_before_the_successes_have_doubled() {
        assertThat(Looks.due(new Evidence(50, 5, 50, 0), 0, 0, false)).isFalse();
        assertThat(Looks.due(new Evidence(50, 7, 50, 0), 0, 0, false)).isTrue();
        assertThat(Looks.due(new Evidence(50, 10, 50, 3), 1, 7, false)).isFalse();
        assertThat(Looks.due(new Evidence(50, 11, 50, 3), 1, 7, false)).isTrue();
        assertThat(Looks.due(new Evidence(50, 10, 50, 3), 1, 7, true)).isTrue();
        assertThat(Looks.due(new Evidence(50, 7, 50, 0), 1, 7, true)).isFalse();
    }

    /** Asked after every single success, two thousand times: whoever tested at 5 % each time would err in a third of them. */
    @Test
    void where_there_is_no_difference_one_is_seldom_found_and_a_great_one_nearly_always() {
        Random random = new Random(20260302);
        int wrong = 0;
        int found = 0;
        for (int i = 0; i < 2_000; i++) {
            wrong += decides(random, 300, 0.1, 0.1) ? 1 : 0;
        }
        for (int i = 0; i < 200; i++) {
            found += decides(random, 300, 0.2, 0.05) ? 1 : 0;
        }

        assertThat(wrong).isBetween(1, 100);
        assertThat(found).isGreaterThan(180);
    }

    private static boolean decides(Random random, int each, double rateA, double rateB) {
        int a = 0;
        int b = 0;
        int looks = 0;
        int then = 0;
        for (int n = 1; n <= each; n++) {
            a += random.nextDouble() < rateA ? 1 : 0;
            b += random.nextDouble() < rateB ? 1 : 0;
            Evidence evidence = new Evidence(n, a, n, b);
            if (Looks.due(evidence, looks, then, n == each)) {
                looks++;
                then = evidence.happened();
                if (evidence.test().p(a) <= Looks.level(looks)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void the_split_holds_for_any_number_of_people_and_follows_no_pattern() {
        UUID version = VersionId.next().value();
        for (int split : new int[] {10, 33, 50, 67, 90}) {
            int a = 0;
            int turns = 0;
            Variant last = null;
            for (int n = 1; n <= 1_000; n++) {
                Variant next = Allocation.next(version, "test", split, a, n - 1 - a);
                assertThat(Allocation.next(version, "test", split, a, n - 1 - a))
                        .isEqualTo(next);
                a += next == Variant.A ? 1 : 0;
                turns += next == last ? 0 : 1;
                last = next;
                assertThat(Math.abs(a - n * split / 100.0))
                        .as("%s of %s at %s %%", a, n, split)
                        .isLessThan(1);
            }
            assertThat(turns).isLessThan(950);
        }
    }
}
