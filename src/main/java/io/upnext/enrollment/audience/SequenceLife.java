package io.upnext.enrollment.audience;

import io.upnext.sequence.SequenceActivated;
import io.upnext.sequence.SequenceDeactivated;
import io.upnext.sequence.SequenceDeleted;
import io.upnext.shared.SequenceId;
import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets audiences know that their sequence was activated, deactivated or deleted. Only after the commit: who connects holds
 * its audience first and then the sequence, so nobody may do it the other way round. Where this is lost, the next
 * evaluation finds out.
 */
@Component
class SequenceLife {

    private final AudienceRows audiences;
    private final Reaches reaches;
    private final Evaluation evaluation;
    private final TransactionTemplate own;
    private final Clock clock;

    SequenceLife(
            AudienceRows audiences,
            Reaches reaches,
            Evaluation evaluation,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.audiences = audiences;
        this.reaches = reaches;
        this.evaluation = evaluation;
        this.clock = clock;
        this.own = new TransactionTemplate(transactions);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @TransactionalEventListener
    void on(SequenceActivated event) {
        look(event.sequence());
    }

    @TransactionalEventListener
    void on(SequenceDeactivated event) {
        look(event.sequence());
    }

    @TransactionalEventListener
    void on(SequenceDeleted event) {
        look(event.sequence());
    }

    private void look(SequenceId sequence) {
        own.executeWithoutResult(status -> audiences.ofSequence(sequence).forEach(this::look));
    }

    /** On change nothing is missed: who came to fit while the sequence rested is looked for at once. */
    private void look(Audience audience) {
        Reach reach = reaches.of(audience);
        boolean goesOn = reach.works() && audience.problem() != null && audience.onChange();
        audiences.rescheduled(audience.id(), goesOn ? clock.instant() : evaluation.next(audience), reach.problem());
    }
}
