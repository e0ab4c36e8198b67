package dev.medzoo.zoo.load;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.index.StoreIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The model-specific texts of a card: {@code summary} and {@code intendedUse}. In a copied recipe
 * they easily remain those of another model.
 */
public final class CardText {
    private CardText() {}

    /**
     * The cards of all other artifacts in a store.
     *
     * @param name of the artifact to check
     * @param index of the store
     */
    public static List<ModelCard> ofOthers(String name, StoreIndex index, VerifiedStore store)
            throws IOException, MalformedModelException {
        List<ModelCard> cards = new ArrayList<>();
        for (String other : index.artifacts().keySet()) {
            if (other.equals(name)) {
                continue;
            }
            for (StoreIndex.Published published : index.artifacts().get(other)) {
                if (published.revoked() == null) {
                    IndexEntry entry =
                            new IndexEntry(other, published.version(), published.digest());
                    byte[] card = store.artifact(entry).file(ArtifactFiles.CARD);
                    cards.add(ModelCard.parse(card, entry.folder()));
                }
            }
        }
        return cards;
    }

    /**
     * Finds texts that another artifact's card has too, ignoring case and white space.
     *
     * @param others cards of other artifacts
     * @return a sentence per text, naming the first artifact that has it
     */
    public static List<String> borrowed(
            String summary, String intendedUse, List<ModelCard> others) {
        List<String> faults = new ArrayList<>();
        others.stream()
                .filter(other -> same(other.summary(), summary))
                .findFirst()
                .ifPresent(other -> faults.add(fault("summary", summary, other)));
        others.stream()
                .filter(other -> same(other.intendedUse(), intendedUse))
                .findFirst()
                .ifPresent(other -> faults.add(fault("intendedUse", intendedUse, other)));
        return faults;
    }

    private static String fault(String entry, String words, ModelCard of) {
        return "card: %s: \"%s\", the same as in %s/%s (expected: its own text)"
                .formatted(entry, plain(words), of.name(), of.version());
    }

    private static boolean same(String one, String other) {
        return plain(one).toLowerCase(Locale.ROOT).equals(plain(other).toLowerCase(Locale.ROOT));
    }

    private static String plain(String words) {
        return words.strip().replaceAll("\\s+", " ");
    }
}
