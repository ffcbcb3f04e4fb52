package io.upnext.enrollment.abtest;

/** One of the two versions of a mail that an A/B test compares. */
public enum Variant {
    A,
    B;

    public Variant other() {
        return this == A ? B : A;
    }
}
