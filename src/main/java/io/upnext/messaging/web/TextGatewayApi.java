package io.upnext.messaging.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.upnext.messaging.TextGateway;
import io.upnext.messaging.texting.GatewayAdministration;
import io.upnext.messaging.texting.GatewayAdministration.Draft;
import io.upnext.messaging.texting.GatewayAdministration.Shown;
import io.upnext.security.Access;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/text-gateway}: the account texts leave through; its token is write-only. */
@RestController
@RequestMapping("/api/v1/text-gateway")
class TextGatewayApi {

    private final GatewayAdministration administration;
    private final Access access;

    TextGatewayApi(GatewayAdministration administration, Access access) {
        this.administration = administration;
        this.access = access;
    }

    @JsonIgnoreProperties({"state", "error", "webhookUrl"})
    record Body(String accountSid, String authToken, String sender, String baseUrl) {

        Draft draft() {
            return new Draft(accountSid, authToken, sender, baseUrl);
        }

        @Override
        public String toString() {
            return draft().toString();
        }
    }

    @GetMapping
    Shown get() {
        return administration.get(access.current());
    }

    @PutMapping
    Shown save(@RequestBody Body body) {
        return administration.save(access.current(), body.draft());
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete() {
        administration.delete(access.current());
    }

    @PostMapping("/test")
    TextGateway.Check test() {
        return administration.test(access.current());
    }
}
