package io.upnext.web;

import java.io.IOException;

/** The body is longer than the product reads. */
class TooLargeException extends IOException {

    TooLargeException(long limit) {
        super("The body is too large; at most " + limit / 1_000_000 + " MB are taken.");
    }
}
