package io.upnext.security;

import org.springframework.stereotype.Component;

/** Says who the caller of the current request is. */
@Component
public class Access {

    /**
     * @throws io.upnext.shared.ForbiddenException outside of a request of a logged-in user
     */
    public CurrentUser current() {
        throw new UnsupportedOperationException("stub");
    }
}
