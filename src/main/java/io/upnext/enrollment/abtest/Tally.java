package io.upnext.enrollment.abtest;

import io.upnext.sequence.Step.AbTest.Winner;

/**
 * What became of the mails of one version. Opened, clicked and replied count people whose mail was delivered, not how often
 * they did it, and people only, not scanners.
 *
 * @param assigned how many are to get it or got it
 * @param delivered sent, and no bounce came back
 */
public record Tally(int assigned, int sent, int delivered, int replied, int clicked, int opened) {

    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

    public int happened(Winner what) {
        return switch (what) {
            case REPLIES -> replied;
            case CLICKS -> clicked;
            case OPENS -> opened;
        };
    }

    /** The share of the delivered; null where none was. */
    public Double rate(Winner what) {
        return delivered == 0 ? null : (double) happened(what) / delivered;
    }
}
