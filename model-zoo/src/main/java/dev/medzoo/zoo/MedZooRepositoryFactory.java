package dev.medzoo.zoo;

import ai.djl.repository.Repository;
import ai.djl.repository.RepositoryFactory;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.store.Store;
import java.net.URI;
import java.util.Set;

/**
 * Registers the DJL URLs {@code medzoo://pretrained-skin}, {@code medzoo://pretrained-skin/1.0.0}
 * and {@code medzoo://pretrained-skin@candidate} for models of the configured store.
 */
public final class MedZooRepositoryFactory implements RepositoryFactory {
    private static final String SCHEME = "medzoo";

    /**
     * The model of a URL.
     *
     * @throws IllegalArgumentException when the URL has none of the three forms
     */
    @Override
    public Repository newInstance(String name, URI uri) {
        // Not by the parts of the address: java.net.URI takes name@alias for user@host.
        String reference = uri.toString().replaceFirst("^" + SCHEME + "://", "");
        return new MedZooRepository(Store.fromSettings(), ModelReference.parse(reference));
    }

    @Override
    public Set<String> getSupportedScheme() {
        return Set.of(SCHEME);
    }
}
