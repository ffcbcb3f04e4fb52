package io.upnext.messaging.domain;

/** A record to publish. A TXT value longer than 255 characters stands there as several strings, joined without space. */
public record DnsRecord(String name, String type, String value) {}
