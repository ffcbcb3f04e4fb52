package io.upnext.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The path of a tag, such as {@code outbound/emea}: one to four names without a slash. */
public final class TagPath {

    public static final int MAX_LEVELS = 4;
    public static final int MAX_NAME = 100;

    private TagPath() {}

    public static boolean valid(String path) {
        if (path == null) {
            return false;
        }
        String[] names = path.split("/", -1);
        return names.length <= MAX_LEVELS && Arrays.stream(names).allMatch(TagPath::validName);
    }

    static boolean validName(String name) {
        return name != null
                && !name.isBlank()
                && name.equals(name.strip())
                && name.length() <= MAX_NAME
                && name.indexOf('/') < 0;
    }

    static int levels(String path) {
        return path.split("/", -1).length;
    }

    /** The path above, or null at the top. */
    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? null : path.substring(0, slash);
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The path below a parent, or at the top where the parent is null. */
    static String below(String parent, String name) {
        return parent == null ? name : parent + "/" + name;
    }

    /** The path and every path above it, from the top. */
    static List<String> withParents(String path) {
        List<String> paths = new ArrayList<>();
        for (String each = path; each != null; each = parent(each)) {
            paths.add(0, each);
        }
        return paths;
    }
}
