package io.upnext.sequence;

/** Port: makes a version runnable on the engine. Called inside the transaction of the activation. */
public interface VersionDeployment {

    void deploy(SequenceVersion version);
}
