package io.upnext.enrollment.abtest;

import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Decides by lot who gets which version of a mail, and keeps the split while it does: of the first <i>n</i> people, the
 * number who get A is never a whole person away from <i>n</i> times the split, for every <i>n</i>. Plain lots would leave
 * small tests badly balanced; strict turns would follow whatever pattern the list of people has.
 */
final class Allocation {

    private Allocation() {}

    /**
     * The same numbers give the same answer.
     *
     * @param split per cent that get A
     * @param a how many have got A
     * @param b how many have got B
     */
    static Variant next(UUID version, String stepId, int split, int a, int b) {
        long seed = version.getMostSignificantBits() ^ version.getLeastSignificantBits() ^ (31L * stepId.hashCode());
        double lot = new SplittableRandom(seed + (a + b) * 0x9E3779B97F4A7C15L).nextDouble();
        return lot < chanceOfA(split, a, a + b) ? Variant.A : Variant.B;
    }

    /**
     * Chosen so that the expected number of A's is exact at every moment: with t = n × split, A's number is t rounded down or
     * up, and up with the chance that the fraction of t says.
     */
    private static double chanceOfA(int split, int a, int before) {
        long now = (long) before * split;
        long then = now + split;
        double fraction = now % 100 / 100.0;
        double next = then % 100 / 100.0;
        boolean up = a > now / 100;
        if (then / 100 > now / 100) {
            return up ? next / fraction : 1;
        }
        return up ? 0 : (next - fraction) / (1 - fraction);
    }
}
