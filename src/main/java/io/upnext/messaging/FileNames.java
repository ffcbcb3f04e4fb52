package io.upnext.messaging;

import io.upnext.shared.InvalidException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names and types of files that go with mails: nothing that a program would run, nothing that deceives the eye. */
final class FileNames {

    private static final int LONGEST = 150;
    private static final String UNKNOWN = "application/octet-stream";

    /** What mail servers refuse anyway, because opening it runs it. */
    private static final Set<String> RUNS = Set.of(
            "ade", "adp", "apk", "app", "appx", "bat", "chm", "cmd", "com", "cpl", "dll", "dmg", "exe", "hta", "htm",
            "html", "ins", "iso", "isp", "jar", "js", "jse", "lnk", "mde", "mht", "mhtml", "msc", "msi", "msp", "mst",
            "nsh", "pif", "ps1", "reg", "scr", "sct", "sh", "shb", "shtml", "svg", "svgz", "sys", "url", "vb", "vbe",
            "vbs", "vhd", "vxd", "webloc", "wsc", "wsf", "wsh", "xht", "xhtml", "xll");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("pdf", "application/pdf"),
            Map.entry("txt", "text/plain"),
            Map.entry("csv", "text/csv"),
            Map.entry("ics", "text/calendar"),
            Map.entry("vcf", "text/vcard"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("zip", "application/zip"),
            Map.entry("doc", "application/msword"),
            Map.entry("xls", "application/vnd.ms-excel"),
            Map.entry("ppt", "application/vnd.ms-powerpoint"),
            Map.entry("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            Map.entry("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
            Map.entry("odt", "application/vnd.oasis.opendocument.text"),
            Map.entry("ods", "application/vnd.oasis.opendocument.spreadsheet"),
            Map.entry("odp", "application/vnd.oasis.opendocument.presentation"));

    private FileNames() {}

    /**
     * The last part of a path without what a file system, a header or the eye could take amiss: control characters,
     * marks that turn the direction of writing, dots and blanks at either end.
     *
     * @throws InvalidException where nothing is left, or the file is of a kind that runs when it is opened
     */
    static String safe(String given) {
        String name = given == null ? "" : Normalizer.normalize(given, Normalizer.Form.NFC);
        name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}]", "")
                .replaceAll("[<>:\"|?*;%]", "_")
                .replaceAll("\\s+", " ")
                .replaceAll("^[. ]+|[. ]+$", "");
        if (name.isEmpty()) {
            throw new InvalidException("The file has no name; give it one such as 'prices.pdf'.");
        }
        String extension = extension(name);
        if (RUNS.contains(extension)) {
            throw new InvalidException("'" + name + "' is of a kind that runs when it is opened, which mail servers"
                    + " refuse; send a PDF or a link instead.");
        }
        return shortened(name, extension);
    }

    /** By the name alone: what a browser says about a file is not to be trusted. */
    static String contentType(String name) {
        return TYPES.getOrDefault(extension(name), UNKNOWN);
    }

    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private static String shortened(String name, String extension) {
        if (name.length() <= LONGEST) {
            return name;
        }
        String end = extension.isEmpty() || extension.length() > 10 ? "" : "." + extension;
        return name.substring(0, LONGEST - end.length()) + end;
    }
}
