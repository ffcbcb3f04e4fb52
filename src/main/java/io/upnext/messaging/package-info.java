/**
 * Mail: mailboxes, templates, sending (queue, claim, SMTP), receiving (IMAP, classing, matching), tracking and consent.
 * The root types are what others use; what became of a mail reaches enrollments through {@link
 * io.upnext.messaging.MailEventListener}.
 */
@org.springframework.modulith.ApplicationModule
package io.upnext.messaging;
