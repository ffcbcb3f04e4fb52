package io.upnext.web.openapi;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Set;

/**
 * Names schemas so that no two share one: a type inside another, such as a controller's {@code Body}, carries the name of
 * what it is in ({@code MailboxBody}).
 */
final class SchemaNames extends TypeNameResolver {

    @Override
    protected String nameForClass(Class<?> type, Set<Options> options) {
        Class<?> outer = type.getEnclosingClass();
        if (outer == null || !type.getName().startsWith("io.upnext.")) {
            return super.nameForClass(type, options);
        }
        String prefix = outer.getEnclosingClass() == null
                ? outer.getSimpleName().replaceFirst("(Api|Controller|Administration|Page|Pages)$", "")
                : nameForClass(outer, options);
        String own = type.getSimpleName();
        return own.startsWith(prefix) ? own : prefix + own;
    }
}
