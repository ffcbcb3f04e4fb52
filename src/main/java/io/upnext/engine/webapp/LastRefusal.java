package io.upnext.engine.webapp;

import io.upnext.shared.ConflictException;
import io.upnext.shared.ForbiddenException;
import io.upnext.shared.NotFoundException;
import io.upnext.shared.ProblemException;
import io.upnext.shared.UnprocessableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Remembers, for the thread, why the product refused what somebody did in the engine. The engine's REST interface would
 * answer 500 and its own words; the {@link Guard} answers with the product's sentence instead.
 */
@Component
class LastRefusal extends AbstractProcessEnginePlugin {

    private static final ThreadLocal<RefusedException> LAST = new ThreadLocal<>();

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        var interceptors = new ArrayList<>(List.<CommandInterceptor>of(new Listening()));
        if (engine.getCustomPreCommandInterceptorsTxRequired() != null) {
            interceptors.addAll(engine.getCustomPreCommandInterceptorsTxRequired());
        }
        engine.setCustomPreCommandInterceptorsTxRequired(interceptors);
    }

    static void forget() {
        LAST.remove();
    }

    static Optional<RefusedException> find() {
        return Optional.ofNullable(LAST.get());
    }

    private static RefusedException refusalIn(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return new RefusedException(status(problem), problem.getMessage());
            }
            if (cause instanceof OptimisticLockingException) {
                return new RefusedException(
                        HttpStatus.CONFLICT, "Somebody else changed this step at the same moment; load it again.");
            }
        }
        return null;
    }

    private static HttpStatus status(ProblemException problem) {
        if (problem instanceof NotFoundException) {
            return HttpStatus.NOT_FOUND;
        }
        if (problem instanceof ForbiddenException) {
            return HttpStatus.FORBIDDEN;
        }
        if (problem instanceof ConflictException) {
            return HttpStatus.CONFLICT;
        }
        return problem instanceof UnprocessableException ? HttpStatus.UNPROCESSABLE_ENTITY : HttpStatus.BAD_REQUEST;
    }

    private static final class Listening extends CommandInterceptor {

        @Override
        public <T> T execute(Command<T> command) {
            try {
                return next.execute(command);
            } catch (RuntimeException failure) {
                LAST.set(refusalIn(failure));
                throw failure;
            }
        }
    }
}
