package io.upnext.messaging.domain;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** The name servers this machine is set up with; nothing is kept, because people look again right after a change. */
@Component
class SystemDns implements DnsResolver {

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    @Override
    public List<String> txt(String name) throws DnsException {
        return ask(name, Type.TXT)
                .map(record -> String.join("", ((TXTRecord) record).getStrings()))
                .toList();
    }

    @Override
    public List<String> mx(String name) throws DnsException {
        return ask(name, Type.MX)
                .map(MXRecord.class::cast)
                .sorted(Comparator.comparingInt(MXRecord::getPriority))
                .map(record -> record.getTarget().toString(true))
                .map(host -> host.equals(".") ? "" : host)
                .toList();
    }

    private static Stream<Record> ask(String name, int type) throws DnsException {
        Lookup lookup = lookup(name, type);
        Record[] found = lookup.run();
        return switch (lookup.getResult()) {
            case Lookup.SUCCESSFUL -> Arrays.stream(found);
            case Lookup.HOST_NOT_FOUND, Lookup.TYPE_NOT_FOUND -> Stream.empty();
            default ->
                throw new DnsException("The DNS gave no answer about '" + name + "' (" + lookup.getErrorString()
                        + "); try again later.");
        };
    }

    private static Lookup lookup(String name, int type) throws DnsException {
        try {
            Lookup lookup = new Lookup(Name.fromString(name, Name.root), type);
            ExtendedResolver resolver = new ExtendedResolver();
            resolver.setTimeout(PATIENCE);
            lookup.setResolver(resolver);
            lookup.setCache(null);
            return lookup;
        } catch (TextParseException e) {
            throw new DnsException("'" + name + "' is no name the DNS knows.");
        }
    }
}
