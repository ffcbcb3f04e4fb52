package io.upnext.engine.hardening;

import io.upnext.bpmn.Beans;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.el.Expression;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ValueExpression;

/**
 * Evaluates the product's own expressions and no others: those of compiled processes, word for word, and those of the
 * Tasklist filters. No text of anybody else ever becomes an expression, and should one get this far all the same, it
 * finds only the listed beans (see {@link ListedBeans}).
 */
public final class KnownExpressions extends JuelExpressionManager {

    /** The user name of whoever looks at a filter. */
    public static final String CURRENT_USER = "${currentUser()}";

    /** The engine's time. */
    public static final String NOW = "${now()}";

    /** The filters of Tasklist ask for the one who looks, by these. */
    static final Set<String> OF_FILTERS = Set.of(CURRENT_USER, NOW);

    private static final Set<String> KNOWN =
            Stream.concat(Beans.EXPRESSIONS.stream(), OF_FILTERS.stream()).collect(Collectors.toUnmodifiableSet());

    private static final Set<String> FUNCTIONS = Set.of("currentUser", "now");

    private final ListedBeans beans;

    KnownExpressions(ListedBeans beans) {
        super(new HashMap<>());
        this.beans = beans;
    }

    /** Is this a text without anything to evaluate, or one of the known expressions? */
    static boolean isHarmless(String text) {
        return text == null || !text.contains("${") && !text.contains("#{") || KNOWN.contains(text);
    }

    @Override
    public Expression createExpression(String expression) {
        refuseUnknown(expression);
        return super.createExpression(expression);
    }

    @Override
    public ValueExpression createValueExpression(String expression) {
        refuseUnknown(expression);
        return super.createValueExpression(expression);
    }

    private static void refuseUnknown(String expression) {
        if (!isHarmless(expression)) {
            throw new ProcessEngineException(
                    "The expression '" + expression + "' is none of the product's own, so it is" + " not evaluated.");
        }
    }

    @Override
    public void addFunction(String name, Method function) {
        if (FUNCTIONS.contains(name)) {
            super.addFunction(name, function);
        }
    }

    @Override
    protected ELResolver createElResolver() {
        return beans;
    }
}
