package io.upnext.enrollment.abtest;

/**
 * Fisher's exact test of two proportions, two-sided: given how many there are on each side and how many successes in all,
 * the chance of a split of the successes that is at least as unlikely as the one seen, if both sides were alike. It is
 * valid for any numbers, small ones included, where the usual z test of two proportions is not.
 *
 * <p>R. A. Fisher, "The Logic of Inductive Inference", Journal of the Royal Statistical Society 98 (1935), 39–82.
 */
final class FisherExact {

    /** Equally unlikely splits differ by rounding only. */
    private static final double ROUNDING = 1 + 1e-9;

    private final int first;
    private final double[] chances;

    /** @param happened successes on both sides */
    FisherExact(int sizeA, int sizeB, int happened) {
        this.first = Math.max(0, happened - sizeB);
        this.chances = chances(sizeA, sizeB, happened, first, Math.min(sizeA, happened));
    }

    /** The hypergeometric distribution, by the ratio of neighbours; in logarithms, since it spans hundreds of digits. */
    private static double[] chances(int sizeA, int sizeB, int happened, int first, int last) {
        double[] chances = new double[last - first + 1];
        double most = 0;
        for (int a = first; a < last; a++) {
            double ratio =
                    Math.log(sizeA - a) + Math.log(happened - a) - Math.log(a + 1) - Math.log(sizeB - happened + a + 1);
            chances[a + 1 - first] = chances[a - first] + ratio;
            most = Math.max(most, chances[a + 1 - first]);
        }
        double sum = 0;
        for (int i = 0; i < chances.length; i++) {
            chances[i] = Math.exp(chances[i] - most);
            sum += chances[i];
        }
        for (int i = 0; i < chances.length; i++) {
            chances[i] /= sum;
        }
        return chances;
    }

    /** @param happenedA successes on side A */
    double p(int happenedA) {
        double seen = chances[happenedA - first] * ROUNDING;
        double p = 0;
        for (double chance : chances) {
            p += chance <= seen ? chance : 0;
        }
        return Math.min(1, p);
    }

    /** The smallest p that any split of the successes could give. */
    double smallest() {
        return Math.min(p(first), p(first + chances.length - 1));
    }
}
