package io.upnext.enrollment.webhook;

import io.upnext.enrollment.webhook.ReceiverAddresses.ForbiddenAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Speaks HTTP with the receivers, without waiting for any of them: no redirect is followed, no answer is read further
 * than its head, and whoever takes too long has failed.
 */
@Component
class Receivers implements AutoCloseable {

    private final ReceiverAddresses addresses;
    private final Clock realTime;
    private final Duration patience;
    private final ExecutorService threads = Executors.newCachedThreadPool(Receivers::daemon);
    private final HttpClient http;

    Receivers(
            ReceiverAddresses addresses,
            @Qualifier("realTime") Clock realTime,
            @Value("${upnext.webhooks.timeout:10s}") Duration patience) {
        this.addresses = addresses;
        this.realTime = realTime;
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .executor(threads)
                .build();
    }

    /**
     * How it went.
     *
     * @param status the HTTP status, or null where there was no answer
     * @param error a sentence, or null where it went well
     * @param there is the receiver there at all? Else nothing further is tried for a while
     */
    record Outcome(Integer status, String error, boolean there) {

        boolean ok() {
            return error == null;
        }
    }

    /** Never fails: what goes wrong is the outcome. */
    CompletableFuture<Outcome> deliver(String url, String secret, WebhookDeliveries.Claimed delivery) {
        return CompletableFuture.supplyAsync(() -> request(url, secret, delivery), threads)
                .thenCompose(request -> http.sendAsync(request, BodyHandlers.ofPublisher()))
                .thenApply(Receivers::outcome)
                .orTimeout(patience.toMillis() * 2, TimeUnit.MILLISECONDS)
                .exceptionally(this::failure);
    }

    private HttpRequest request(String url, String secret, WebhookDeliveries.Claimed delivery) {
        URI uri = URI.create(url);
        try {
            addresses.resolved(uri);
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
        return HttpRequest.newBuilder(uri)
                .timeout(patience)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Upnext-Webhooks")
                .header("Upnext-Event", delivery.event())
                .header("Upnext-Event-Id", delivery.eventId().toString())
                .header(DeliverySignature.HEADER, DeliverySignature.of(secret, realTime.instant(), delivery.body()))
                .POST(BodyPublishers.ofString(delivery.body()))
                .build();
    }

    private static Outcome outcome(HttpResponse<Flow.Publisher<List<ByteBuffer>>> response) {
        response.body().subscribe(new Unread());
        int status = response.statusCode();
        if (status / 100 == 2) {
            return new Outcome(status, null, true);
        }
        boolean there = status != 429 && status != 502 && status != 503 && status != 504;
        String redirect = status / 100 == 3 ? " Redirects are not followed; enter the address it leads to." : "";
        return new Outcome(status, "The receiver answered " + status + "." + redirect, there);
    }

    private Outcome failure(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return new Outcome(null, sentence(cause), false);
    }

    private String sentence(Throwable cause) {
        if (cause instanceof ForbiddenAddress) {
            return cause.getMessage();
        }
        if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
            return "The receiver did not answer within " + patience.toSeconds() + " seconds.";
        }
        if (cause instanceof UnknownHostException) {
            return "The receiver's host cannot be found.";
        }
        if (cause instanceof ConnectException) {
            return "No connection to the receiver.";
        }
        if (cause instanceof SSLException) {
            return "No safe connection to the receiver: its certificate was not accepted.";
        }
        return cause instanceof IOException
                ? "The connection to the receiver was lost before it answered."
                : "The delivery failed: " + cause.getClass().getSimpleName() + ".";
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "webhooks");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** An answer's body is of no interest, however long it is. */
    private static final class Unread implements Flow.Subscriber<List<ByteBuffer>> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(List<ByteBuffer> part) {}

        @Override
        public void onError(Throwable thrown) {}

        @Override
        public void onComplete() {}
    }
}
