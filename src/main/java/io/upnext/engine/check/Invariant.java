package io.upnext.engine.check;

/**
 * Something that holds at every moment, as a query for what breaks it.
 *
 * @param rule short name, such as {@code instance-missing}
 * @param sentence what is wrong with one finding and what to do; {@code %s} stands for its detail
 * @param sql selects {@code subject} (text, what breaks it), {@code enrollment} (uuid or null) and {@code detail} (text or
 *     null), of the sequence {@code :sequence} where that is not null, at most {@code :most}; sees one moment of the database
 */
record Invariant(String rule, String sentence, String sql) {

    String message(String detail) {
        return sentence.formatted(detail);
    }
}
