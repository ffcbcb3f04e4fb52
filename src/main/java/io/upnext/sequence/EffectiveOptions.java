package io.upnext.sequence;

import io.upnext.shared.filter.Filter;

/** The options of a sequence with every default of the specification filled in. */
public record EffectiveOptions(
        boolean exitOnReply,
        boolean exitOnUnsubscribe,
        boolean exitOnBounce,
        boolean exitOnAccountReply,
        boolean exitWhenDone,
        boolean skipDuplicateAddresses,
        Filter exitWhen,
        Definition.Reentry reentry,
        Definition.Window window) {}
