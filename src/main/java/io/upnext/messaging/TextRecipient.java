package io.upnext.messaging;

/**
 * To whom a text about a record would go now.
 *
 * @param number E.164; null where there is none that can be used
 * @param refusal why it would be refused; null where it may go
 */
public record TextRecipient(String number, TextEvent.Refusal refusal) {}
