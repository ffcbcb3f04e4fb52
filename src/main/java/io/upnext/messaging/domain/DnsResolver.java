package io.upnext.messaging.domain;

import java.util.List;

/** Asks the DNS. */
public interface DnsResolver {

    /** The values of the TXT records at a name, each with its strings joined; empty where there are none. */
    List<String> txt(String name) throws DnsException;

    /** The hosts of the MX records, best first, without a final dot; {@code ""} is the null MX (RFC 7505). */
    List<String> mx(String name) throws DnsException;

    /** The DNS gave no answer: nobody knows whether there is a record. */
    final class DnsException extends Exception {

        public DnsException(String sentence) {
            super(sentence);
        }
    }
}
