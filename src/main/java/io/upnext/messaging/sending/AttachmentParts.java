package io.upnext.messaging.sending;

import io.upnext.messaging.Attachments;
import io.upnext.messaging.Attachments.Attachment;
import io.upnext.shared.UnprocessableException;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.util.ByteArrayDataSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Attachments as parts of a MIME message. The mails of a sequence carry the same ones: those used last stay at hand. */
@Component
class AttachmentParts {

    private static final long MAX_BYTES_KEPT = 2L * Attachments.MAX_BYTES_OF_A_MAIL;

    private final Attachments attachments;
    private final Map<UUID, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long keptBytes;

    AttachmentParts(Attachments attachments) {
        this.attachments = attachments;
    }

    /** @throws UnprocessableException where it was deleted meanwhile */
    MimeBodyPart part(Attachment attachment) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(content(attachment), attachment.contentType())));
        part.setFileName(attachment.name());
        part.setDisposition(Part.ATTACHMENT);
        return part;
    }

    private byte[] content(Attachment attachment) {
        synchronized (kept) {
            byte[] content = kept.get(attachment.id());
            if (content != null) {
                return content;
            }
        }
        byte[] content = attachments
                .content(attachment.id())
                .orElseThrow(() -> new UnprocessableException("The attachment '" + attachment.name()
                        + "' has been deleted; upload it again or take it out of the step."));
        keep(attachment.id(), content);
        return content;
    }

    private void keep(UUID id, byte[] content) {
        synchronized (kept) {
            if (kept.put(id, content) == null) {
                keptBytes += content.length;
            }
            var oldest = kept.entrySet().iterator();
            while (keptBytes > MAX_BYTES_KEPT && oldest.hasNext()) {
                keptBytes -= oldest.next().getValue().length;
                oldest.remove();
            }
        }
    }
}
