package io.upnext.engine.hardening;

import io.upnext.bpmn.Beans;
import java.beans.FeatureDescriptor;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.impl.juel.jakarta.el.BeanELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.springframework.beans.factory.BeanFactory;

/**
 * The whole world of an expression: the beans of {@link Beans#ALL}, the execution and the task. Of the beans only the
 * listed methods can be called, of the execution only the business key read; there is no way to a class, to the
 * engine's services or to what a variable holds.
 */
class ListedBeans extends ELResolver {

    /** What expressions of compiled processes call. */
    private static final Map<String, Set<String>> METHODS = Map.of(
            Beans.WAITS, Set.of("until"),
            Beans.CONDITIONS, Set.of("yes", "no", "limit"),
            Beans.ADVANCES, Set.of("target", "version"),
            Beans.SCHEDULE, Set.of("day", "run", "holds", "ready", "turn", "left"));

    private static final String EXECUTION = "execution";
    private static final String TASK = "task";
    private static final String BUSINESS_KEY = "processBusinessKey";

    private final BeanFactory factory;
    private final BeanELResolver calls = new BeanELResolver(true);

    ListedBeans(BeanFactory factory) {
        this.factory = factory;
    }

    @Override
    public Object getValue(ELContext context, Object base, Object property) {
        context.setPropertyResolved(true);
        if (base == null) {
            return named(context, String.valueOf(property));
        }
        if (base instanceof DelegateExecution execution && BUSINESS_KEY.equals(property)) {
            return execution.getProcessBusinessKey();
        }
        throw refusal(property);
    }

    private Object named(ELContext context, String name) {
        if (Beans.ALL.contains(name)) {
            return factory.getBean(name);
        }
        var scope = (VariableScope) context.getContext(VariableScope.class);
        if (EXECUTION.equals(name) && scope instanceof DelegateExecution) {
            return scope;
        }
        if (EXECUTION.equals(name) && scope instanceof TaskEntity task) {
            return task.getExecution();
        }
        if (TASK.equals(name) && scope instanceof TaskEntity) {
            return scope;
        }
        throw refusal(name);
    }

    @Override
    public Object invoke(ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
        if (!isListed(base, String.valueOf(method))) {
            throw refusal(method);
        }
        var result = calls.invoke(context, base, method, types, arguments);
        context.setPropertyResolved(true);
        return result;
    }

    private boolean isListed(Object base, String method) {
        return METHODS.entrySet().stream()
                .anyMatch(bean -> bean.getValue().contains(method) && factory.getBean(bean.getKey()) == base);
    }

    @Override
    public Class<?> getType(ELContext context, Object base, Object property) {
        throw refusal(property);
    }

    @Override
    public void setValue(ELContext context, Object base, Object property, Object value) {
        throw refusal(property);
    }

    @Override
    public boolean isReadOnly(ELContext context, Object base, Object property) {
        return true;
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, Object base) {
        return Object.class;
    }

    @Override
    public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
        return Collections.emptyIterator();
    }

    private static ELException refusal(Object what) {
        return new ELException("An expression may not reach '" + what + "'.");
    }
}
