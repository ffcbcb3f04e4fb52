package io.upnext.enrollment.abtest;

/**
 * What a test has to go by: of those who got each version of the mail for the test's sake, how many were reached and how many
 * did what decides.
 */
public record Evidence(int deliveredA, int happenedA, int deliveredB, int happenedB) {

    int happened() {
        return happenedA + happenedB;
    }

    FisherExact test() {
        return new FisherExact(deliveredA, deliveredB, happened());
    }

    /** Where the share is greater. */
    Variant ahead() {
        return (long) happenedA * deliveredB >= (long) happenedB * deliveredA ? Variant.A : Variant.B;
    }
}
