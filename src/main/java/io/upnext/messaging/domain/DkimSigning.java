package io.upnext.messaging.domain;

import io.upnext.messaging.domain.DkimKeys.Signing;
import io.upnext.shared.UnprocessableException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.net.IDN;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.simplejavamail.utils.mail.dkim.Canonicalization;
import org.simplejavamail.utils.mail.dkim.DkimMessage;
import org.simplejavamail.utils.mail.dkim.DkimSigner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Signs mails (DKIM, RFC 6376) with the enabled key of the sender's domain or, failing that, of the nearest domain above
 * it, which is aligned for DMARC too. A domain without a key sends unsigned; one whose key cannot be used sends nothing,
 * because mail that suddenly comes unsigned is what receivers take for forged.
 */
@Component
public class DkimSigning {

    private static final Logger log = LoggerFactory.getLogger(DkimSigning.class);

    /** Other nodes notice a change so late. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final DkimKeys keys;
    private final Clock realTime;
    private volatile Known known = new Known(Map.of(), Instant.MIN);

    DkimSigning(DkimKeys keys, @Qualifier("realTime") Clock realTime) {
        this.keys = keys;
        this.realTime = realTime;
    }

    /** @param key null where it cannot be used */
    private record Signer(String domain, String selector, RSAPrivateKey key) {}

    private record Known(Map<String, Signer> signers, Instant until) {}

    /** The domain's key cannot be used: nothing may leave from it. */
    public static final class Unusable extends UnprocessableException {

        Unusable(String domain, String selector) {
            super("The DKIM key '" + selector + "' of '" + domain
                    + "' cannot be used (damaged, or the secret key was changed); replace or disable it.");
        }
    }

    /**
     * @param sender the address in From
     * @return the message that writes itself out with its signature, or the message as it is
     * @throws Unusable where the domain's key cannot be used
     */
    public MimeMessage sign(MimeMessage message, String sender) throws MessagingException {
        Signer signer = signer(
                IDN.toASCII(sender.substring(sender.lastIndexOf('@') + 1)).toLowerCase(Locale.ROOT));
        if (signer == null) {
            return message;
        }
        if (signer.key() == null) {
            throw new Unusable(signer.domain(), signer.selector());
        }
        return new DkimMessage(message, signing(signer));
    }

    /** The library's signer is for one thread; making one is cheap. */
    private static DkimSigner signing(Signer signer) {
        DkimSigner signing = new DkimSigner(signer.domain(), signer.selector(), signer.key());
        signing.setHeaderCanonicalization(Canonicalization.RELAXED);
        signing.setBodyCanonicalization(Canonicalization.RELAXED);
        // It would ask the DNS for every mail.
        signing.setCheckDomainKey(false);
        // RFC 8058 §4: one-click counts only where both headers are signed.
        signing.addHeaderToSign("List-Unsubscribe-Post");
        return signing;
    }

    private Signer signer(String domain) {
        Map<String, Signer> signers = known();
        for (String name = domain; name.contains("."); name = name.substring(name.indexOf('.') + 1)) {
            Signer found = signers.get(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private Map<String, Signer> known() {
        Known now = known;
        if (realTime.instant().isBefore(now.until())) {
            return now.signers();
        }
        Map<String, Signer> signers = new HashMap<>();
        keys.signing().forEach(key -> signers.put(key.domain(), signer(key)));
        known = new Known(Map.copyOf(signers), realTime.instant().plus(KEPT));
        return signers;
    }

    private Signer signer(Signing key) {
        try {
            byte[] pkcs8 = Base64.getDecoder().decode(keys.decrypt(key));
            RSAPrivateKey privateKey =
                    (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return new Signer(key.domain(), key.selector(), privateKey);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            log.warn("The DKIM key {} of {} cannot be used", key.selector(), key.domain(), e);
            return new Signer(key.domain(), key.selector(), null);
        }
    }

    /** Looks anew after the current transaction. */
    void changed() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                known = new Known(Map.of(), Instant.MIN);
            }
        });
    }
}
