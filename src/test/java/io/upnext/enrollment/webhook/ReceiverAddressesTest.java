package io.upnext.enrollment.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upnext.enrollment.webhook.ReceiverAddresses.ForbiddenAddress;
import io.upnext.shared.InvalidException;
import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A webhook never reaches a machine of the house. */
class ReceiverAddressesTest {

    private final ReceiverAddresses addresses = new ReceiverAddresses(false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "192.0.0.8",
                "198.18.0.1",
                "203.0.113.9",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2002:a00:1::",
                "2001:0:1::1",
                "2001:db8::1"
            })
    void addresses_of_the_house_are_none_of_the_world(String address) throws Exception {
        assertThat(ReceiverAddresses.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "192.0.3.1", "2606:4700::1111", "2002:808:808::"})
    void others_are(String address) throws Exception {
        assertThat(ReceiverAddresses.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hooks",
                "http://hooks.example.com/",
                "ftp://hooks.example.com/",
                "file:///etc/passwd",
                "https://",
                "https://user:secret@hooks.example.com/",
                "https://hooks.example.com/#part",
                "https://localhost/",
                "https://127.0.0.1:8443/",
                "https://[::1]/",
                "https://169.254.169.254/latest",
                "https://hooks example.com/",
                "https://2130706433/"
            })
    void an_address_must_lead_out_over_https(String url) {
        assertThatThrownBy(() -> addresses.checked(url)).isInstanceOf(InvalidException.class);
    }

    /** A name is looked up when it counts, not only when it was entered. */
    @Test
    void a_name_that_means_this_machine_is_refused_when_it_is_delivered_to() {
        assertThatThrownBy(() -> addresses.resolved(URI.create("https://localhost/hook")))
                .isInstanceOf(ForbiddenAddress.class);
        assertThat(addresses.checked("https://hooks.example.com/upnext?a=b")).isNotNull();
    }
}
