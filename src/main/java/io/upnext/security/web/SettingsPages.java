package io.upnext.security.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upnext.security.Access;
import io.upnext.security.AuditTrail;
import io.upnext.security.AuditTrail.Search;
import io.upnext.security.KnownSetting;
import io.upnext.security.Right;
import io.upnext.security.SettingCatalogue;
import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The administrator's pages of the settings and of the audit log. */
@Controller
@RequestMapping("/admin")
class SettingsPages {

    private final SettingCatalogue settings;
    private final AuditTrail trail;
    private final ObjectMapper json;
    private final Access access;
    private final MessageSource texts;

    SettingsPages(SettingCatalogue settings, AuditTrail trail, ObjectMapper json, Access access, MessageSource texts) {
        this.texts = texts;
        this.settings = settings;
        this.trail = trail;
        this.json = json;
        this.access = access;
    }

    /**
     * One line of the form.
     *
     * @param value as the input shows it: lists with a comma between the words
     * @param choices the words there are, where only some are allowed
     */
    record Line(String name, String kind, String value, List<String> choices) {

        static Line of(KnownSetting setting, String value) {
            return new Line(
                    setting.name(),
                    setting.kind().name(),
                    value,
                    setting.choices().stream().sorted().toList());
        }

        public boolean has(String word) {
            return value != null && Arrays.asList(value.split(", ")).contains(word);
        }
    }

    @GetMapping("/settings")
    String form(Model model, Locale locale) {
        access.current().require(Right.ADMINISTER);
        var values = settings.values(access.current());
        model.addAttribute("yesNo", yesNo(locale));
        model.addAttribute(
                "lines",
                settings.all().stream()
                        .map(setting -> line(setting, json.valueToTree(values.get(setting.name()))))
                        .toList());
        return "security/settings";
    }

    private Map<String, String> yesNo(Locale locale) {
        var choices = new LinkedHashMap<String, String>();
        choices.put("true", texts.getMessage("form.yes", null, locale));
        choices.put("false", texts.getMessage("form.no", null, locale));
        return choices;
    }

    private static Line line(KnownSetting setting, JsonNode value) {
        return Line.of(setting, text(value));
    }

    private static String text(JsonNode value) {
        if (value == null || value.isNull()) {
            return "";
        }
        if (!value.isArray()) {
            return value.asText();
        }
        var words = new java.util.TreeSet<String>();
        value.forEach(word -> words.add(word.asText()));
        return String.join(", ", words);
    }

    @PostMapping("/settings")
    String save(
            @RequestParam MultiValueMap<String, String> sent,
            Model model,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        access.current().require(Right.ADMINISTER);
        try {
            settings.change(access.current(), changes(sent));
            return Saved.redirect(redirect, "/admin/settings", "settings.saved");
        } catch (InvalidException e) {
            Saved.refused(model, response, e);
            model.addAttribute("yesNo", yesNo(locale));
            model.addAttribute(
                    "lines",
                    settings.all().stream()
                            .map(setting -> Line.of(setting, written(sent, setting)))
                            .toList());
            return "security/settings";
        }
    }

    /** Only what differs from what is in force, so that a default stays a default. */
    private Map<String, JsonNode> changes(MultiValueMap<String, String> sent) {
        var before = settings.values(access.current());
        var changes = new LinkedHashMap<String, JsonNode>();
        for (var setting : settings.all()) {
            var written = written(sent, setting);
            var old = text(json.valueToTree(before.get(setting.name())));
            if (written != null && !written.strip().equals(old)) {
                changes.put(setting.name(), read(setting, written.strip()));
            }
        }
        return changes;
    }

    /** Boxes that are ticked send a word each, beside an empty one that says that they were there. */
    private static String written(MultiValueMap<String, String> sent, KnownSetting setting) {
        var values = sent.get(setting.name());
        return values == null
                ? null
                : values.stream()
                        .filter(value -> values.size() == 1 || !value.isEmpty())
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    private JsonNode read(KnownSetting setting, String written) {
        if (written.isEmpty() && setting.choices().isEmpty()) {
            return json.getNodeFactory().nullNode();
        }
        return switch (setting.kind()) {
            case FLAG -> json.valueToTree(Boolean.valueOf(written));
            case NUMBER -> number(written);
            case WORDS ->
                json.valueToTree(Arrays.stream(written.split(","))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .toList());
            default -> json.valueToTree(written);
        };
    }

    private JsonNode number(String written) {
        try {
            return json.valueToTree(Integer.valueOf(written));
        } catch (NumberFormatException notANumber) {
            return json.valueToTree(written);
        }
    }

    @GetMapping("/audit")
    String audit(
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String subject,
            PageQuery page,
            Model model) {
        access.current().require(Right.ADMINISTER);
        var search = new Search(
                null, action.isBlank() ? null : action.strip(), subject.isBlank() ? null : subject.strip(), null, null);
        model.addAttribute("entries", trail.find(search, page));
        model.addAttribute("action", action);
        model.addAttribute("subject", subject);
        return "security/audit";
    }
}
