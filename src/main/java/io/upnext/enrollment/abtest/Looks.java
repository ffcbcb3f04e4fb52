package io.upnext.enrollment.abtest;

/**
 * When to look at a running test, and how great a difference has to be then. Who looks again and again until a difference
 * seems significant finds one even where there is none (P. Armitage, C. K. McPherson, B. C. Rowe, "Repeated Significance
 * Tests on Accumulating Data", Journal of the Royal Statistical Society A 132 (1969), 235–244). So
 *
 * <ul>
 *   <li>the k-th look takes p ≤ 5 % ÷ (k (k + 1)); over however many looks that is 5 % in all (Bonferroni);
 *   <li>looks come when the successes of both sides together have doubled since the last one. That says nothing about their
 *       difference, and {@link FisherExact} takes their number as given, so each look keeps its level;
 *   <li>where no split of the successes could reach that level, nobody looks and no level is spent (R. E. Tarone, "A
 *       Modified Bonferroni Method for Discrete Data", Biometrics 46 (1990), 515–522).
 * </ul>
 */
final class Looks {

    static final double LEVEL = 0.05;

    private Looks() {}

    /** @param look from 1 */
    static double level(int look) {
        return LEVEL / ((double) look * (look + 1));
    }

    /**
     * @param looks how often somebody has looked
     * @param happenedThen successes at the last look
     * @param last the test's end has come: a last look, whatever has happened since the one before
     */
    static boolean due(Evidence evidence, int looks, int happenedThen, boolean last) {
        int happened = evidence.happened();
        boolean enough = last ? happened > happenedThen : happened >= Math.max(1, 2 * happenedThen);
        return enough && evidence.test().smallest() <= level(looks + 1);
    }
}
