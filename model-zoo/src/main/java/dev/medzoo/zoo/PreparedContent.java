package dev.medzoo.zoo;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hands what {@link MedZooRepository#prepare} verified to {@link DcnnBlockFactory} through DJL's
 * arguments, so that the very bytes that were verified are loaded, and nothing is read twice. Taken
 * once: the model does not keep the files in memory.
 */
public final class PreparedContent {
    /** Its name among the arguments. */
    public static final String ARGUMENT = "medzoo.prepared";

    private final AtomicReference<@Nullable ArtifactContent> content = new AtomicReference<>();

    /**
     * What whoever calls answers for: a candidate at the gate, which nobody has signed yet.
     *
     * @param content that a folder holds, and that is loaded whatever the folder holds by then
     */
    public static PreparedContent of(ArtifactContent content) {
        PreparedContent prepared = new PreparedContent();
        prepared.put(content);
        return prepared;
    }

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
