package dev.medzoo.zoo;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hands what {@link MedZooRepository#prepare} verified to {@link DcnnBlockFactory} through DJL's
 * arguments, so that the very bytes that were verified are loaded, and nothing is read twice. Taken
 * once: the model does not keep the files in memory.
 */
final class PreparedContent {
    /** Its name among the arguments. */
    static final String ARGUMENT = "medzoo.prepared";

    private final AtomicReference<@Nullable ArtifactContent> content = new AtomicReference<>();

    void put(ArtifactContent verified) {
        content.set(verified);
    }

    @Nullable ArtifactContent take() {
        return content.getAndSet(null);
    }

    @Override
    public String toString() {
        return "verified files";
    }
}
