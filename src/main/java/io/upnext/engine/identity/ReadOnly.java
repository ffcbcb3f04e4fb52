package io.upnext.engine.identity;

/** Why nothing about people can be changed through the engine. */
final class ReadOnly {

    private ReadOnly() {}

    static UnsupportedOperationException refusal() {
        return new UnsupportedOperationException("Users and teams are changed in the product, not in the engine.");
    }
}
