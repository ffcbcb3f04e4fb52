package io.upnext.messaging.mailbox;

import java.time.Instant;

/**
 * @param expiresAt by the real time
 * @param refreshToken the one to use from now on, or null where the old one stays
 */
record AccessToken(String token, Instant expiresAt, String refreshToken) {

    @Override
    public String toString() {
        return "AccessToken[until " + expiresAt + "]";
    }
}
