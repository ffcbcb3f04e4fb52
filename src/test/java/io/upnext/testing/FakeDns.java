package io.upnext.testing;

import io.upnext.messaging.domain.DnsResolver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The DNS as tests want it; tests use domains of their own. */
public final class FakeDns implements DnsResolver {

    private final Map<String, List<String>> txt = new ConcurrentHashMap<>();
    private final Map<String, List<String>> mx = new ConcurrentHashMap<>();
    private final Map<String, String> silent = new ConcurrentHashMap<>();

    public FakeDns txt(String name, String... values) {
        txt.put(name, List.of(values));
        return this;
    }

    public FakeDns mx(String name, String... hosts) {
        mx.put(name, List.of(hosts));
        return this;
    }

    /** No answer about this name. */
    public FakeDns silent(String name) {
        silent.put(name, name);
        return this;
    }

    @Override
    public List<String> txt(String name) throws DnsException {
        return answer(txt, name);
    }

    @Override
    public List<String> mx(String name) throws DnsException {
        return answer(mx, name);
    }

    private List<String> answer(Map<String, List<String>> records, String name) throws DnsException {
        if (silent.containsKey(name)) {
            throw new DnsException("The DNS gave no answer about '" + name + "' (timed out); try again later.");
        }
        return records.getOrDefault(name, List.of());
    }
}
