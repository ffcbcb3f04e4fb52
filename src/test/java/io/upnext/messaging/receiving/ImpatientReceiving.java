package io.upnext.messaging.receiving;

import io.upnext.messaging.Mailboxes;
import io.upnext.messaging.mailbox.LogIns;
import io.upnext.messaging.mailbox.MailSessions;
import io.upnext.messaging.mailbox.MailTimeouts;
import io.upnext.operation.Workers;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The product's readers of mailboxes beside the shared ones, with other time-outs and another number of listeners. */
public final class ImpatientReceiving implements AutoCloseable {

    private final AnnotationConfigApplicationContext context;

    /**
     * @param answer for each answer of a server
     * @param listeners how many mailboxes may be listened to; the others are polled
     */
    public ImpatientReceiving(ApplicationContext product, Duration answer, int listeners) {
        context = new AnnotationConfigApplicationContext();
        context.setParent(product);
        context.registerBean("mailTimeouts", MailTimeouts.class, () -> new MailTimeouts(Duration.ofSeconds(5), answer));
        context.registerBean("mailSessions", MailSessions.class);
        context.registerBean("logIns", LogIns.class);
        context.registerBean("imapReader", ImapReader.class);
        context.registerBean("listening", Listening.class);
        context.registerBean("listeners", Listeners.class, () -> listeners(listeners));
        context.registerBean("poller", Poller.class, this::newPoller);
        context.refresh();
    }

    private Listeners listeners(int most) {
        return new Listeners(
                context.getBean(Listening.class),
                context.getBean(Cursors.class),
                context.getBean(MailTimeouts.class),
                context.getBean("realTime", Clock.class),
                most);
    }

    private Poller newPoller() {
        return new Poller(
                context.getBean(Mailboxes.class),
                context.getBean(Cursors.class),
                context.getBean(ImapReader.class),
                context.getBean(Listeners.class),
                context.getBean(Workers.class),
                true);
    }

    public Listeners listeners() {
        return context.getBean(Listeners.class);
    }

    public Poller poller() {
        return context.getBean(Poller.class);
    }

    /** Not by closing the context: its parent would hear of that too. */
    @Override
    public void close() {
        context.getBeanFactory().destroySingletons();
    }
}
