package io.upnext.engine.hardening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upnext.testing.UpnextTest;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** Even where nothing stands before the engine, it evaluates the product's own expressions only. */
@UpnextTest
class KnownExpressionsTest {

    @Autowired
    TaskService tasks;

    @Autowired
    IdentityService identity;

    @Autowired
    BeanFactory beans;

    @AfterEach
    void nobody() {
        identity.clearAuthentication();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${''.getClass().forName('java.lang.Runtime').getMethod('getRuntime').invoke(null).exec('id')}",
                "${''.class}",
                "#{dataSource.connection}",
                "${applicationContext}",
                "${execution.processEngineServices.runtimeService}",
                "${waits.class}",
                "${conditions.getClass()}",
                "${currentUser().getClass()}",
                "text ${1 + 1}",
                "${ currentUser() }"
            })
    void noForeignExpressionIsEvaluatedInAQuery(String expression) {
        assertThatThrownBy(() -> tasks.createTaskQuery()
                        .taskAssigneeExpression(expression)
                        .list())
                .isInstanceOf(ProcessEngineException.class);
        assertThatThrownBy(() -> tasks.createTaskQuery()
                        .or()
                        .taskAssigneeExpression(expression)
                        .taskNameLike("x")
                        .endOr()
                        .list())
                .isInstanceOf(ProcessEngineException.class)
                .hasStackTraceContaining("none of the product's own");
    }

    @Test
    void theExpressionOfTheFiltersIsEvaluated() {
        identity.setAuthenticatedUserId("somebody-who-has-nothing");

        assertThat(tasks.createTaskQuery()
                        .or()
                        .taskAssigneeExpression(KnownExpressions.CURRENT_USER)
                        .endOr()
                        .list())
                .isEmpty();
    }

    @Test
    void anExpressionThatGotThroughWouldReachTheListedBeansOnly() {
        var world = new ListedBeans(beans);
        var context = new KnownExpressions(world).getElContext(null);

        for (var name : new String[] {"dataSource", "runtimeService", "applicationContext", "systemProperties", "x"}) {
            assertThatThrownBy(() -> world.getValue(context, null, name))
                    .isInstanceOf(ELException.class)
                    .hasMessageContaining("may not reach");
        }
        assertThatThrownBy(() -> world.getValue(context, "text", "class")).isInstanceOf(ELException.class);
        assertThatThrownBy(() -> world.invoke(context, "text", "getClass", new Class<?>[0], new Object[0]))
                .isInstanceOf(ELException.class);
    }
}
