package io.upnext.demo;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;

/** Finds the text or the HTML of a mail. */
final class MailText {

    private MailText() {}

    /** The first part of that type that is no attachment, or null. */
    static String of(Part part, String type) throws MessagingException {
        try {
            return find(part, type);
        } catch (IOException e) {
            throw new MessagingException("A part cannot be read", e);
        }
    }

    private static String find(Part part, String type) throws MessagingException, IOException {
        if (Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
            return null;
        }
        if (part.isMimeType(type)) {
            return part.getContent().toString();
        }
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                String found = find(parts.getBodyPart(i), type);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
