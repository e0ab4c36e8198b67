package dev.medzoo.zoo.load;

import dev.medzoo.zoo.artifact.ArtifactContent;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Passes verified content from {@code MedZooRepository.prepare} to {@code DcnnBlockFactory} through
 * DJL's arguments, so that exactly the verified bytes are loaded and nothing is read twice. It can
 * be taken once, so that the model does not keep the files in memory.
 */
public final class PreparedContent {
    /** Its key in the arguments. */
    public static final String ARGUMENT = "medzoo.prepared";

    private final AtomicReference<@Nullable ArtifactContent> content = new AtomicReference<>();

    /**
     * Wraps unsigned content, such as a candidate at the gate. The caller must trust it.
     *
     * @param content of a folder; it is loaded even if the folder changes meanwhile
     */
    public static PreparedContent of(ArtifactContent content) {
        PreparedContent prepared = new PreparedContent();
        prepared.put(content);
        return prepared;
    }

    /** Replaces the content. */
    public void put(ArtifactContent verified) {
        content.set(verified);
    }

    /** Takes and clears the content; null when there is none. */
    public @Nullable ArtifactContent take() {
        return content.getAndSet(null);
    }

    @Override
    public String toString() {
        return "verified files";
    }
}
