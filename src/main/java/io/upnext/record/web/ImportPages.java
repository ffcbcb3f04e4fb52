package io.upnext.record.web;

import io.upnext.record.Field;
import io.upnext.record.Fields;
import io.upnext.record.Imports;
import io.upnext.security.Access;
import io.upnext.security.Right;
import io.upnext.shared.RecordType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The steps of an import for people: choose a file, map its columns, try it, run it. The file stays in the browser. */
@Controller
@RequestMapping("/records/{type:leads|opportunities|contacts|accounts}/import")
class ImportPages {

    /** What columns of other products are called. */
    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("mail", "email"),
            Map.entry("emailaddress", "email"),
            Map.entry("donotcall", "doNotPhone"),
            Map.entry("telephone", "phone"),
            Map.entry("telefon", "phone"),
            Map.entry("vorname", "firstName"),
            Map.entry("nachname", "lastName"),
            Map.entry("surname", "lastName"),
            Map.entry("firma", "company"),
            Map.entry("ort", "city"),
            Map.entry("stadt", "city"),
            Map.entry("land", "country"),
            Map.entry("title", "jobTitle"),
            Map.entry("status", "state"),
            Map.entry("linkedin", "linkedInUrl"));

    private final Imports imports;
    private final Fields fields;
    private final Access access;

    ImportPages(Imports imports, Fields fields, Access access) {
        this.imports = imports;
        this.fields = fields;
        this.access = access;
    }

    @GetMapping
    String wizard(@PathVariable String type, Model model) {
        access.current().require(Right.IMPORT_RECORDS);
        model.addAttribute("type", RecordType.ofPlural(type));
        return "record/import";
    }

    /** The columns of the chosen file with a guess for each. */
    @PostMapping("/columns")
    String columns(@PathVariable String type, @RequestParam MultipartFile file, Model model) {
        access.current().require(Right.IMPORT_RECORDS);
        RecordType recordType = RecordType.ofPlural(type);
        String language = LocaleContextHolder.getLocale().getLanguage();
        Map<String, String> targets = new LinkedHashMap<>();
        for (Field field : fields.of(recordType)) {
            targets.put(field.name(), field.label(language));
        }
        fields.find(recordType, "state").ifPresent(field -> targets.put("state", field.label(language)));
        fields.find(recordType, "owner").ifPresent(field -> targets.put("owner", field.label(language)));
        Map<String, String> guesses = new LinkedHashMap<>();
        List<String> header = imports.header(ImportApi.upload(file));
        header.forEach(column -> guesses.put(column, guess(column, targets, guesses)));
        model.addAttribute("type", recordType);
        model.addAttribute("guesses", guesses);
        model.addAttribute("targets", targets);
        return "record/import-columns :: columns";
    }

    /** The field whose name or label reads like the column, each at most once; else empty. */
    private static String guess(String column, Map<String, String> targets, Map<String, String> before) {
        String plain = plain(column);
        String known = KNOWN.getOrDefault(plain, "");
        return targets.entrySet().stream()
                .filter(target -> plain(target.getKey()).equals(plain)
                        || plain(target.getValue()).equals(plain)
                        || target.getKey().equals(known))
                .map(Map.Entry::getKey)
                .filter(target -> !before.containsValue(target))
                .findFirst()
                .orElse("");
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
