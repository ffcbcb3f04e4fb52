package io.upnext.messaging.web;

import io.upnext.messaging.MailServer;
import io.upnext.messaging.MailServer.Auth;
import io.upnext.messaging.MailServer.OAuth;
import io.upnext.messaging.MailServer.Tls;
import io.upnext.messaging.mailbox.MailboxAdministration.Draft;
import io.upnext.messaging.mailbox.MailboxAdministration.OAuthDraft;
import io.upnext.messaging.mailbox.MailboxAdministration.ServerDraft;
import io.upnext.messaging.mailbox.MailboxAdministration.Shown;
import io.upnext.shared.UserId;
import org.springframework.util.StringUtils;

/** The fields of a mailbox's form; a password is only ever sent, never shown. */
record MailboxForm(
        String address,
        String name,
        String owner,
        String smtpHost,
        Integer smtpPort,
        String smtpUser,
        String smtpPassword,
        Tls smtpTls,
        Auth smtpAuth,
        String smtpTokenEndpoint,
        String smtpClientId,
        String smtpClientSecret,
        String smtpRefreshToken,
        String smtpScope,
        String imapHost,
        Integer imapPort,
        String imapUser,
        String imapPassword,
        Tls imapTls,
        Auth imapAuth,
        Boolean tracking,
        LimitsForm limits) {

    MailboxForm {
        limits = limits == null ? LimitsForm.NONE : limits;
    }

    static MailboxForm of(Shown mailbox) {
        MailServer smtp = mailbox.smtp();
        MailServer imap = mailbox.imap();
        OAuth oauth = smtp.oauth();
        return new MailboxForm(
                mailbox.address(),
                mailbox.name(),
                mailbox.owner() == null ? null : mailbox.owner().toString(),
                smtp.host(),
                smtp.port(),
                smtp.user(),
                null,
                smtp.tls(),
                smtp.auth(),
                oauth == null ? null : oauth.tokenEndpoint(),
                oauth == null ? null : oauth.clientId(),
                null,
                null,
                oauth == null ? null : oauth.scope(),
                imap == null ? null : imap.host(),
                imap == null ? null : imap.port(),
                imap == null ? null : imap.user(),
                null,
                imap == null ? Tls.IMPLICIT : imap.tls(),
                imap == null ? null : imap.auth(),
                mailbox.tracking(),
                LimitsForm.of(mailbox));
    }

    /** That of a new one. */
    static MailboxForm blank() {
        return new MailboxForm(
                null,
                null,
                null,
                null,
                587,
                null,
                null,
                Tls.STARTTLS,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                993,
                null,
                null,
                Tls.IMPLICIT,
                null,
                true,
                LimitsForm.NONE);
    }

    /** @param before what is stored, or null: an OAuth client of IMAP's own is set by the API only and stays */
    Draft draft(Shown before) {
        OAuthDraft oauth = smtpAuth == Auth.XOAUTH2
                ? new OAuthDraft(smtpTokenEndpoint, smtpClientId, smtpClientSecret, smtpRefreshToken, smtpScope)
                : null;
        OAuth own = imapAuth != Auth.XOAUTH2 || before == null || before.imap() == null
                ? null
                : before.imap().oauth();
        OAuthDraft imapOAuth =
                own == null ? null : new OAuthDraft(own.tokenEndpoint(), own.clientId(), null, null, own.scope());
        ServerDraft smtp = new ServerDraft(smtpHost, smtpPort, smtpUser, smtpPassword, smtpTls, smtpAuth, oauth);
        ServerDraft imap = Forms.orNull(imapHost) == null
                ? null
                : new ServerDraft(imapHost, imapPort, imapUser, imapPassword, imapTls, imapAuth, imapOAuth);
        UserId user = Forms.orNull(owner) == null ? null : UserId.of(owner);
        return new Draft(address, name, user, smtp, imap, Boolean.TRUE.equals(tracking), limits.limits());
    }

    @Override
    public String toString() {
        return "MailboxForm[" + address + "]";
    }

    /** {@code smtp.host} of the API is {@code smtpHost} of the form. */
    static String field(String rule) {
        if (LimitsForm.FIELDS.contains(rule)) {
            return "limits." + rule;
        }
        int dot = rule.indexOf('.');
        return dot < 0 ? rule : rule.substring(0, dot) + StringUtils.capitalize(rule.substring(dot + 1));
    }
}
