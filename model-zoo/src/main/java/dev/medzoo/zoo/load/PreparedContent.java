package dev.medzoo.zoo.load;

import dev.medzoo.zoo.artifact.ArtifactContent;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hands what {@code MedZooRepository.prepare} verified to {@code DcnnBlockFactory} through DJL's
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

    /** Keeps what was verified, in place of what was kept before. */
    public void put(ArtifactContent verified) {
        content.set(verified);
    }

    /** What is kept, which is forgotten here; null where nothing is. */
    public @Nullable ArtifactContent take() {
        return content.getAndSet(null);
    }

    @Override
    public String toString() {
        return "verified files";
    }
}
