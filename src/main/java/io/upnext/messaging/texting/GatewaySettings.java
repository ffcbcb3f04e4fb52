package io.upnext.messaging.texting;

import java.time.Instant;

/**
 * The account texts leave through.
 *
 * @param token encrypted; never leaves the product
 * @param sender a number (E.164), a name of up to 11 characters, or the id of a messaging service ({@code MG…})
 * @param baseUrl without a slash at the end
 * @param stopped it refused the log-in or the sender; nothing leaves until somebody has put it right
 * @param error why it is stopped or paused, for people; else null
 */
record GatewaySettings(
        String accountSid,
        String token,
        String sender,
        String baseUrl,
        boolean stopped,
        String error,
        Instant pausedUntil,
        int failures,
        long version) {

    boolean isMessagingService() {
        return sender.startsWith("MG");
    }

    @Override
    public String toString() {
        return "GatewaySettings[" + accountSid + ", " + sender + ", " + baseUrl + "]";
    }
}
