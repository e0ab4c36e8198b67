package dev.medzoo.zoo.load;

import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.store.Store;

/** A process that fetches one artifact into the cache, for the tests that run two or kill one. */
final class FetchProgram {
    private FetchProgram() {}

    public static void main(String[] arguments) throws Exception {
        Store store = Store.open(arguments[0]);
        IndexEntry entry =
                VerifiedStore.of(store).index().resolve(ModelReference.parse(arguments[1]));
        new ArtifactCache(store).fetch(entry, null);
    }
}
