package io.upnext.demo;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import jakarta.mail.internet.MimeMessage;

/** Somebody a mail is for, as far as the delivery of that one mail goes. */
abstract class Recipient implements GreenMailUser {

    private final String address;

    Recipient(String address) {
        this.address = address;
    }

    @Override
    public String getEmail() {
        return address;
    }

    @Override
    public String getLogin() {
        return address;
    }

    @Override
    public String getQualifiedMailboxName() {
        return address;
    }

    @Override
    public void deliver(MimeMessage message) {
        throw onlyDelivers();
    }

    @Override
    public void create() {
        throw onlyDelivers();
    }

    @Override
    public void delete() {
        throw onlyDelivers();
    }

    @Override
    public String getPassword() {
        throw onlyDelivers();
    }

    @Override
    public void setPassword(String password) {
        throw onlyDelivers();
    }

    @Override
    public void authenticate(String password) throws UserException {
        throw new UserException("Nobody logs in as " + address);
    }

    private static UnsupportedOperationException onlyDelivers() {
        return new UnsupportedOperationException("Only takes a mail on its way");
    }
}
