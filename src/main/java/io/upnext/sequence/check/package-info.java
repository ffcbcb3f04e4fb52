/** The checks of a definition: one list of rules, each a pure function of the definition and the facts around it. */
package io.upnext.sequence.check;
