package io.upnext.engine.webapp;

import io.upnext.web.ReadRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A request with the body the guard has checked. */
class CheckedRequest extends ReadRequest {

    CheckedRequest(HttpServletRequest request, byte[] body) {
        super(request, body);
    }

    /** In the charset the guard has read, whatever the request says of its own. */
    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
}
