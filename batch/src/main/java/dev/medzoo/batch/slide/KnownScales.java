package dev.medzoo.batch.slide;

import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.TrainedScale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scales that models were trained at: what their card says, and, for models published before
 * cards could, this table.
 */
public final class KnownScales {
    /**
     * {@code breast-idc}: slides scanned at 40 times were reduced 16 to 1, to some 2.5 times or 4
     * micrometres a pixel, and cut in patches of 50 pixels (Cruz-Roa et al., SPIE 2014,
     * 9041:904103; Janowczyk and Madabhushi, J Pathol Inform 2016, 7:29).
     */
    private static final Map<String, TrainedScale> TABLE =
            Map.of("breast-idc", new TrainedScale(4, 50));

    private KnownScales() {}

    /** The scale of a model; null if it is not known. */
    public static @Nullable TrainedScale of(ModelCard card) {
        TrainedScale said = card.scale();
        return said == null ? TABLE.get(card.name()) : said;
    }
}
