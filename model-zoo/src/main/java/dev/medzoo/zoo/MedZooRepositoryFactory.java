package dev.medzoo.zoo;

import ai.djl.repository.Repository;
import ai.djl.repository.RepositoryFactory;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.store.Store;
import java.net.URI;
import java.util.Set;

/**
 * Tells DJL what {@code medzoo://pretrained-skin}, {@code medzoo://pretrained-skin/1.0.0} and
 * {@code medzoo://pretrained-skin@candidate} mean: that model of the store that the settings name.
 */
public final class MedZooRepositoryFactory implements RepositoryFactory {
    private static final String SCHEME = "medzoo";

    /**
     * The one model that an address means.
     *
     * @throws IllegalArgumentException when the address is none of the three forms
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
