package dev.medzoo.serving.predict;

import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.traffic.ServedSnapshot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Which version answers a request that names none: {@code stable}, or for a share of the keys
 * {@code candidate}. One key always means one version, as long as the share and the aliases stay,
 * and more keys join when the share grows.
 */
final class Routing {
    private static final int PARTS = 10_000;

    private final TrafficShares shares;
    private final AtomicLong turn = new AtomicLong();

    /**
     * Who answers, and who computes the same unseen.
     *
     * @param shadow or null
     */
    record Choice(ServedModel model, @Nullable ServedModel shadow) {}

    Routing(TrafficShares shares) {
        this.shares = shares;
    }

    Choice choose(ServedSnapshot snapshot, PredictionRequest request) throws RefusedException {
        String name = request.model();
        if (request.version() != null) {
            return new Choice(snapshot.find(name, request.version()), null);
        }
        if (shares.settings().isRoundRobin()) {
            return new Choice(next(snapshot, name), null);
        }
        ServedModel stable = snapshot.find(name, null);
        Optional<ServedModel> candidate = snapshot.candidate(name);
        if (candidate.isEmpty()) {
            return new Choice(stable, null);
        }
        TrafficOptions options = shares.of(name, candidate.get().version());
        if (part("route", request) < options.candidateShare() * (PARTS / 100)) {
            return new Choice(candidate.get(), null);
        }
        boolean isShadowed = part("shadow", request) < options.shadowShare() * (PARTS / 100);
        return new Choice(stable, isShadowed ? candidate.get() : null);
    }

    private ServedModel next(ServedSnapshot snapshot, String name) throws RefusedException {
        List<ServedModel> versions = snapshot.versions(name);
        if (versions.isEmpty()) {
            throw new RefusedException(snapshot.absent(name, null));
        }
        return versions.get((int) (turn.getAndIncrement() % versions.size()));
    }

    /** Where a key lies, in [0, {@value #PARTS}): evenly, and otherwise for each purpose. */
    private static int part(String purpose, PredictionRequest request) {
        String text = purpose + "\n" + request.model() + "\n" + request.routingKey();
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return (int) Long.remainderUnsigned(ByteBuffer.wrap(digest).getLong(), PARTS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: absent (expected: in every JDK)", e);
        }
    }
}
