package io.upnext.engine.identity;

import org.camunda.bpm.engine.identity.User;

/** A user of the product as the engine sees one; it cannot be changed there. */
record EngineUser(String id, String firstName, String lastName, String email) implements User {

    static EngineUser of(io.upnext.security.User user) {
        var name = user.name() == null ? user.username() : user.name().strip();
        var lastWord = name.lastIndexOf(' ') + 1;
        return new EngineUser(
                user.username(), name.substring(0, lastWord).strip(), name.substring(lastWord), user.email());
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String getFirstName() {
        return firstName;
    }

    @Override
    public String getLastName() {
        return lastName;
    }

    @Override
    public String getEmail() {
        return email;
    }

    /** Passwords never leave the product. */
    @Override
    public String getPassword() {
        return null;
    }

    @Override
    public void setId(String id) {
        throw ReadOnly.refusal();
    }

    @Override
    public void setFirstName(String firstName) {
        throw ReadOnly.refusal();
    }

    @Override
    public void setLastName(String lastName) {
        throw ReadOnly.refusal();
    }

    @Override
    public void setEmail(String email) {
        throw ReadOnly.refusal();
    }

    @Override
    public void setPassword(String password) {
        throw ReadOnly.refusal();
    }
}
