package io.upnext.web;

import io.upnext.shared.InvalidException;
import io.upnext.shared.PageQuery;
import io.upnext.shared.PageQuery.Sort;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads {@code ?page=0&size=50&sort=name,asc}; {@code sort} may be given several times. */
class PageQueries implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == PageQuery.class;
    }

    @Override
    public PageQuery resolveArgument(
            MethodParameter parameter,
            ModelAndViewContainer container,
            NativeWebRequest request,
            WebDataBinderFactory binders) {
        return new PageQuery(
                number(request, "page", 0), number(request, "size", PageQuery.DEFAULT_SIZE), sorts(request));
    }

    private static int number(NativeWebRequest request, String name, int byDefault) {
        var values = request.getParameterValues(name);
        if (values == null) {
            return byDefault;
        }
        try {
            if (values.length == 1) {
                return Integer.parseInt(values[0].strip());
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw new InvalidException("'" + name + "' is '" + String.join(", ", values) + "'; give one whole number.");
    }

    private static List<Sort> sorts(NativeWebRequest request) {
        var sorts = new ArrayList<Sort>();
        var values = request.getParameterValues("sort");
        for (var value : values == null ? new String[0] : values) {
            sorts.add(sort(value.strip()));
        }
        return sorts;
    }

    private static Sort sort(String text) {
        var comma = text.indexOf(',');
        var property = comma < 0 ? text : text.substring(0, comma).strip();
        var direction = comma < 0 ? "asc" : text.substring(comma + 1).strip().toLowerCase(java.util.Locale.ROOT);
        if (property.isEmpty() || !(direction.equals("asc") || direction.equals("desc"))) {
            throw new InvalidException(
                    "'sort' is '" + text + "'; give a name and 'asc' or 'desc', such as 'name,asc'.");
        }
        return new Sort(property, direction.equals("asc"));
    }
}
