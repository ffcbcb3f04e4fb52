package io.upnext.messaging.web;

import io.upnext.messaging.Attachments;
import io.upnext.messaging.Attachments.Attachment;
import io.upnext.messaging.Snippets;
import io.upnext.messaging.Snippets.Snippet;
import io.upnext.security.Access;
import io.upnext.shared.PageQuery;
import java.util.List;
import org.springframework.stereotype.Component;

/** What templates ask for as {@code @writing}: what can be put into a mail. */
@Component("writing")
public class WritingChoices {

    private static final PageQuery MANY = PageQuery.first(500);

    private final Snippets snippets;
    private final Attachments attachments;
    private final Access access;

    WritingChoices(Snippets snippets, Attachments attachments, Access access) {
        this.snippets = snippets;
        this.attachments = attachments;
        this.access = access;
    }

    public List<Snippet> snippets() {
        return snippets.list(access.current(), null, MANY).items();
    }

    public List<Attachment> attachments() {
        return attachments.list(null, MANY).items();
    }

    /** Such as {@code 12 KB} or {@code 1.5 MB}. */
    public String size(int bytes) {
        return bytes < 1024 * 1024
                ? Math.max(1, bytes / 1024) + " KB"
                : String.format(java.util.Locale.ROOT, "%.1f MB", bytes / 1024.0 / 1024);
    }
}
