package io.upnext.security;

/** A setting is missing or weak, so the product does not start; the message is the one sentence that is shown. */
public class StartRefusedException extends RuntimeException {

    public StartRefusedException(String sentence) {
        super(sentence);
    }
}
