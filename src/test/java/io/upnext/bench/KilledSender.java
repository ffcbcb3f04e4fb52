package io.upnext.bench;

import io.upnext.UpnextApplication;
import io.upnext.operation.Worker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole product as a process of its own that does nothing but send mail, to be killed. */
final class KilledSender {

    private KilledSender() {}

    /** @param args the product's, with the database's address */
    public static void main(String[] args) {
        ConfigurableApplicationContext product = SpringApplication.run(UpnextApplication.class, args);
        for (Worker worker : product.getBeansOfType(Worker.class).values()) {
            if (worker.name().equals("mail-dispatch") || worker.name().equals("mail-dead-claims")) {
                for (int i = 0; i < worker.threads(); i++) {
                    new Thread(() -> work(worker), worker.name() + "-" + i).start();
                }
            }
        }
        System.out.println("READY");
    }

    private static void work(Worker worker) {
        while (true) {
            if (worker.runOnce() == 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }
}
