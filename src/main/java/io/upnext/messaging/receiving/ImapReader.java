package io.upnext.messaging.receiving;

import io.upnext.messaging.MailServer;
import io.upnext.messaging.Mailbox;
import io.upnext.messaging.mailbox.LogIns;
import io.upnext.messaging.mailbox.MailSessions;
import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.springframework.stereotype.Component;

/**
 * Reads what is new in a mailbox's inbox, opened read-only and with PEEK, so that nothing changes for the person who
 * reads it too. Each message is stored before the cursor moves past it.
 */
@Component
class ImapReader {

    static final int MAX_BYTES = 10 * 1024 * 1024;

    /** At most so many a turn: one full mailbox does not keep the others waiting. */
    private static final int BATCH = 200;

    /** Of a mailbox that is read for the first time, or all anew: what is older cannot be an answer to us. */
    private static final int NEWEST = 1000;

    private final MailSessions sessions;
    private final LogIns logIns;
    private final Cursors cursors;
    private final InboundMails inbound;
    private final FetchFailures failures;

    ImapReader(MailSessions sessions, LogIns logIns, Cursors cursors, InboundMails inbound, FetchFailures failures) {
        this.sessions = sessions;
        this.logIns = logIns;
        this.cursors = cursors;
        this.inbound = inbound;
        this.failures = failures;
    }

    /**
     * @param fingerprint the same for the same message, whatever number the server gives it
     * @param truncated the message was longer than {@link #MAX_BYTES}
     */
    record Fetched(byte[] raw, byte[] fingerprint, boolean truncated) {}

    /** @param stored messages that were new @param more whether there is more to read */
    record Reading(int stored, boolean more) {}

    private record Numbered(long uid, Message message) {}

    Reading read(Mailbox mailbox) throws MessagingException, IOException {
        try (Store store = open(mailbox);
                Folder inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            return read(mailbox, (IMAPFolder) inbox);
        }
    }

    /** A connection that is logged in; the caller closes it. */
    Store open(Mailbox mailbox) throws MessagingException {
        MailServer server = mailbox.imap();
        Store store = sessions.imap(server).getStore(MailSessions.imapProtocol(server));
        try {
            logIns.connect(store, mailbox, server);
            return store;
        } catch (MessagingException | RuntimeException e) {
            closeQuietly(store);
            throw e;
        }
    }

    static void closeQuietly(Store store) {
        try {
            store.close();
        } catch (MessagingException | RuntimeException gone) {
            // It is of no use any more either way.
        }
    }

    /** What is new in an open folder, and what could not be fetched before. */
    Reading read(Mailbox mailbox, IMAPFolder inbox) throws MessagingException, IOException {
        Instant begun = failures.now();
        long validity = inbox.getUIDValidity();
        List<Numbered> messages = newMessages(inbox, validity, cursors.of(mailbox.id()));
        int stored = 0;
        for (Numbered numbered : messages.subList(0, Math.min(BATCH, messages.size()))) {
            boolean isNew = store(mailbox, inbox, validity, numbered);
            cursors.moveTo(mailbox.id(), validity, numbered.uid());
            stored += isNew ? 1 : 0;
        }
        return new Reading(stored + again(mailbox, inbox, validity, begun), messages.size() > BATCH);
    }

    /** Set aside once before, and not by a lost connection alone. */
    private int again(Mailbox mailbox, IMAPFolder inbox, long validity, Instant begun)
            throws MessagingException, IOException {
        int stored = 0;
        for (long uid : failures.due(mailbox.id(), validity, begun)) {
            Message message = inbox.getMessageByUID(uid);
            if (message == null) {
                failures.solved(mailbox.id(), validity, uid);
            } else if (store(mailbox, inbox, validity, new Numbered(uid, message))) {
                stored++;
            }
        }
        return stored;
    }

    /**
     * One that cannot be fetched is noted before anything else, and passed over from then on.
     *
     * @throws MessagingException where the connection is gone with it
     */
    private boolean store(Mailbox mailbox, IMAPFolder inbox, long validity, Numbered numbered)
            throws MessagingException, IOException {
        try {
            boolean isNew =
                    inbound.store(mailbox.id(), validity, numbered.uid(), fetch((IMAPMessage) numbered.message()));
            failures.solved(mailbox.id(), validity, numbered.uid());
            return isNew;
        } catch (MessagingException | IOException | RuntimeException e) {
            if (failures.add(mailbox.id(), validity, numbered.uid(), e.toString())) {
                inbound.unreadable(
                        mailbox.id(), validity, numbered.uid(), "The server does not hand it out: " + e.getMessage());
            }
            if (!inbox.isOpen()) {
                cursors.moveTo(mailbox.id(), validity, numbered.uid());
                throw e;
            }
            return false;
        }
    }

    private static List<Numbered> newMessages(IMAPFolder inbox, long validity, Cursors.Cursor cursor)
            throws MessagingException {
        boolean anew = cursor.uidValidity() == null || cursor.uidValidity() != validity;
        Message[] found = anew ? newest(inbox) : inbox.getMessagesByUID(cursor.lastUid() + 1, UIDFolder.LASTUID);
        FetchProfile uids = new FetchProfile();
        uids.add(UIDFolder.FetchProfileItem.UID);
        inbox.fetch(found, uids);
        List<Numbered> messages = new ArrayList<>();
        for (Message message : found) {
            long uid = inbox.getUID(message);
            // Asked for "from n", a server names its last message even where that is older (RFC 3501 §6.4.8).
            if (uid > 0 && (anew || uid > cursor.lastUid())) {
                messages.add(new Numbered(uid, message));
            }
        }
        messages.sort(Comparator.comparingLong(Numbered::uid));
        return messages;
    }

    private static Message[] newest(IMAPFolder inbox) throws MessagingException {
        int count = inbox.getMessageCount();
        return count == 0 ? new Message[0] : inbox.getMessages(Math.max(1, count - NEWEST + 1), count);
    }

    private static Fetched fetch(IMAPMessage message) throws MessagingException, IOException {
        message.setPeek(true);
        try (InputStream stream = message.getMimeStream()) {
            byte[] raw = stream.readNBytes(MAX_BYTES);
            if (raw.length == 0) {
                // The library takes a refusal for the end of the message.
                throw new IOException("nothing but an empty answer");
            }
            boolean truncated = raw.length == MAX_BYTES && stream.read() >= 0;
            return new Fetched(raw, fingerprint(raw), truncated);
        }
    }

    private static byte[] fingerprint(byte[] raw) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(identity(raw).getBytes(StandardCharsets.UTF_8));
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What stays the same when a message is read again; a message that says nothing about itself is its text. */
    private static String identity(byte[] raw) {
        try {
            InternetHeaders headers = new InternetHeaders(new ByteArrayInputStream(raw), true);
            StringBuilder identity = new StringBuilder();
            for (String name : List.of("Message-ID", "Date", "From", "Subject")) {
                identity.append(headers.getHeader(name, ",")).append('\n');
            }
            if (headers.getHeader("Message-ID") == null) {
                identity.append(new String(raw, StandardCharsets.ISO_8859_1));
            }
            return identity.toString();
        } catch (MessagingException unreadable) {
            return new String(raw, StandardCharsets.ISO_8859_1);
        }
    }
}
