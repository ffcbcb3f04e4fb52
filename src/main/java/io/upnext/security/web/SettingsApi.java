package io.upnext.security.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.upnext.security.Access;
import io.upnext.security.SettingCatalogue;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The organisation's settings by name; everybody reads those that explain how the product behaves. */
@RestController
@RequestMapping("/api/v1/settings")
class SettingsApi {

    private final SettingCatalogue settings;
    private final Access access;

    SettingsApi(SettingCatalogue settings, Access access) {
        this.settings = settings;
        this.access = access;
    }

    @GetMapping
    Map<String, Object> values() {
        return settings.values(access.current());
    }

    /** Changes what is named, leaves the rest; null sets a value back to its default. */
    @PutMapping
    Map<String, Object> change(@RequestBody Map<String, JsonNode> wanted) {
        settings.change(access.current(), wanted);
        return settings.values(access.current());
    }
}
