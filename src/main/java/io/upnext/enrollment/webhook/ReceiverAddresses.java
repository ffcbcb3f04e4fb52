package io.upnext.enrollment.webhook;

import io.upnext.shared.InvalidException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Where a webhook may lead: out into the world, never to a machine of the house, which trusts whoever stands inside
 * (server-side request forgery). Looked at when a webhook is set up and again, with what its name means by then, before
 * every delivery; the JVM keeps that answer for the connection that follows.
 */
@Component
class ReceiverAddresses {

    private static final int LONGEST = 2_000;

    private final boolean privateToo;

    ReceiverAddresses(@Value("${upnext.webhooks.private-addresses:false}") boolean privateToo) {
        this.privateToo = privateToo;
    }

    /**
     * Without asking for the name's address: a receiver may be set up before its name is.
     *
     * @throws InvalidException where the address can be none
     */
    URI checked(String url) {
        String text = url == null ? "" : url.strip();
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new InvalidException("'url' must be an https address of at most " + LONGEST + " characters.");
        }
        URI uri = parsed(text);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(privateToo && scheme.equals("http"))) {
            throw new InvalidException("'url' must begin with 'https://'.");
        }
        if (uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
            throw new InvalidException("'url' must name a host, without user, password or fragment.");
        }
        if (isLiteral(uri.getHost())) {
            refuseInside(uri);
        }
        return uri;
    }

    private void refuseInside(URI uri) {
        try {
            resolved(uri);
        } catch (ForbiddenAddress e) {
            throw new InvalidException("'url': " + e.getMessage());
        } catch (UnknownHostException e) {
            throw new InvalidException("'url' names no host that can be found.");
        }
    }

    /**
     * Asks what the host's name means now; blocks while it does.
     *
     * @throws ForbiddenAddress where one of its addresses lies inside the house
     */
    void resolved(URI uri) throws UnknownHostException {
        for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
            if (!privateToo && !isPublic(address)) {
                throw new ForbiddenAddress();
            }
        }
    }

    private static URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new InvalidException("'url' is no address: " + e.getReason() + ".");
        }
    }

    private static boolean isLiteral(String host) {
        return host.startsWith("[") || host.matches("[0-9.]+") || host.equalsIgnoreCase("localhost");
    }

    /** Not one of the special-purpose addresses of RFC 6890, nor one that wraps such an address for IPv6. */
    static boolean isPublic(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? isPublic6(bytes) : isPublic4(bytes, 0);
    }

    private static boolean isPublic4(byte[] bytes, int from) {
        int first = bytes[from] & 0xff;
        int second = bytes[from + 1] & 0xff;
        int third = bytes[from + 2] & 0xff;
        boolean special = first == 0
                || first == 10
                || first == 127
                || first >= 224
                || (first == 100 && second >= 64 && second < 128)
                || (first == 169 && second == 254)
                || (first == 172 && second >= 16 && second < 32)
                || (first == 192 && second == 168)
                || (first == 192 && second == 0 && (third == 0 || third == 2))
                || (first == 192 && second == 88 && third == 99)
                || (first == 198 && (second == 18 || second == 19))
                || (first == 198 && second == 51 && third == 100)
                || (first == 203 && second == 0 && third == 113);
        return !special;
    }

    /** Only 2000::/3 is given out; of it 6to4 (RFC 3056) and Teredo (RFC 4380) wrap other addresses. */
    private static boolean isPublic6(byte[] bytes) {
        int group0 = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        int group1 = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        boolean unicast = (bytes[0] & 0xe0) == 0x20;
        boolean documentation = group0 == 0x2001 && group1 == 0x0db8;
        boolean teredo = group0 == 0x2001 && group1 == 0;
        boolean sixToFour = group0 == 0x2002 && !isPublic4(bytes, 2);
        return unicast && !documentation && !teredo && !sixToFour;
    }

    /** The name leads inside the house. */
    static final class ForbiddenAddress extends RuntimeException {

        ForbiddenAddress() {
            super("The host has a private, loopback or reserved address, to which nothing is delivered.");
        }
    }
}
