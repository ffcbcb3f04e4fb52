package io.upnext.messaging.sending;

import io.upnext.messaging.mailbox.LogIns;
import io.upnext.messaging.mailbox.MailSessions;
import io.upnext.messaging.mailbox.MailTimeouts;
import io.upnext.operation.Worker;
import java.time.Duration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The product's dispatcher beside the shared one, with other time-outs: so that servers that hang do not take tests a
 * minute each. It is another node to the database.
 */
public final class ImpatientSending implements AutoCloseable {

    private final AnnotationConfigApplicationContext context;

    /** @param answer for each answer of a server */
    public ImpatientSending(ApplicationContext product, Duration answer) {
        context = new AnnotationConfigApplicationContext();
        context.setParent(product);
        context.registerBean("mailTimeouts", MailTimeouts.class, () -> new MailTimeouts(Duration.ofSeconds(5), answer));
        context.registerBean("mailSessions", MailSessions.class);
        context.registerBean("logIns", LogIns.class);
        context.registerBean("smtpConnections", SmtpConnections.class);
        context.registerBean("lanes", Lanes.class);
        context.registerBean("node", Node.class);
        context.registerBean("dispatcher", Dispatcher.class);
        context.refresh();
    }

    public Worker dispatcher() {
        return context.getBean(Dispatcher.class);
    }

    /** Not by closing the context: its parent would hear of that too. */
    @Override
    public void close() {
        context.getBeanFactory().destroySingletons();
    }
}
