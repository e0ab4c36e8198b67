package dev.medzoo.benchmarks.serving;

import dev.medzoo.zoo.artifact.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A maintainer who publishes the next version of a model, makes it stable, waits until the server
 * answers with it, revokes the version before, and waits until the server refuses that.
 */
final class SwapVisitor implements Visitor {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int COLLECT_EVERY = 10;

    private final KeptConnection client;
    private final Ledger ledger;
    private final LiveVersions versions;
    private final SoakStore store;
    private final SoakPicture picture;
    private int swaps;
    private double slowestSeconds;

    SwapVisitor(
            int port, Ledger ledger, LiveVersions versions, SoakStore store, SoakPicture picture) {
        this.client = new KeptConnection(port);
        this.ledger = ledger;
        this.versions = versions;
        this.store = store;
        this.picture = picture;
    }

    @Override
    public long mostPauseMillis() {
        return 4000;
    }

    @Override
    public void visit(Random random) throws Exception {
        List<String> names = versions.names();
        String name = names.get(swaps % names.size());
        Version last = versions.current(name);
        Version next = store.republish(name, last);
        versions.published(name, next, store.digest(name, next));
        long begin = System.nanoTime();
        store.makeStable(name, next);
        await(
                name + "/" + next + " answers",
                "/predictions/" + name,
                answer -> answer.status() == 200 && LiveVersions.isBy(name, next, answer));
        slowestSeconds = Math.max(slowestSeconds, (System.nanoTime() - begin) / 1e9);
        versions.confirmed(name, next);
        versions.condemned(name, last);
        store.revoke(name, last);
        await(
                name + "/" + last + " is refused",
                "/predictions/" + name + "/" + last,
                answer -> answer.status() == 404);
        swaps++;
        if (swaps % COLLECT_EVERY == 0) {
            store.collect();
        }
    }

    private void await(String what, String path, Predicate<Answer> done) throws Exception {
        byte[] request = EncodedRequest.post(path, picture.bytes());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Answer answer = exchange(request);
            if (answer != null && done.test(answer)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IOException(what + ": not within " + PATIENCE);
    }

    private @Nullable Answer exchange(byte[] request) {
        ledger.begin(Sender.SWAPS);
        try {
            Answer answer = client.exchange(request);
            ledger.answered(Sender.SWAPS, answer);
            return answer;
        } catch (IOException e) {
            ledger.lost(Sender.SWAPS, e);
            return null;
        }
    }

    /** How often a version was replaced; to be asked when the visits are over. */
    int swaps() {
        return swaps;
    }

    /** The longest time from the change of the store to the first answer with it. */
    double slowestSeconds() {
        return slowestSeconds;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
