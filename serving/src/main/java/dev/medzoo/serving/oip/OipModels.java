package dev.medzoo.serving.oip;

import dev.medzoo.serving.refusal.RefusedException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the protocol needs of the served models. No method may block. */
public interface OipModels {
    /** Whether the server answers at all. */
    boolean live();

    /** Whether every model that it should serve can be asked now. */
    boolean ready();

    /** The names of the models that can be asked, in their order. */
    List<String> names();

    /**
     * What a model is now.
     *
     * @param version also an alias, such as {@code candidate}; null for the default
     * @throws RefusedException when there is no such model or version
     */
    OipModel model(String name, @Nullable String version) throws RefusedException;

    /**
     * Findings for all pictures or for none. What is in the way of them fails the future as a
     * {@link RefusedException}, and where one picture is at fault, its message says which.
     *
     * @param version as in {@link #model}
     * @param pictures at least one
     */
    CompletableFuture<OipAnswer> infer(
            OipCall call, String name, @Nullable String version, List<OipPicture> pictures);
}
