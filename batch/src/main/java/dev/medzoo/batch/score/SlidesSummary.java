package dev.medzoo.batch.score;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code summary.json} of a run over slides.
 *
 * @param fields of all slides, those of slides without a map too; a slide that cannot be read
 *     counts as one
 * @param mapped slides that have a map
 * @param slides each with what is found, or why it has no map
 */
public record SlidesSummary(ScoreSummary fields, int mapped, List<Line> slides) {
    public SlidesSummary {
        slides = List.copyOf(slides);
    }

    /**
     * A slide.
     *
     * @param file that was listed
     * @param folder with its map, below the run's; null if it has none
     * @param fields with tissue
     * @param answered fields whose label may be used, by label
     * @param abstained fields on which the model abstains
     * @param unlikeTraining fields unlike the training pictures
     * @param error why it has no map; null if it has one
     */
    public record Line(
            String file,
            @Nullable String folder,
            int fields,
            Map<String, Integer> answered,
            int abstained,
            int unlikeTraining,
            @Nullable String error)
            implements Serializable {
        public Line {
            answered = new TreeMap<>(answered);
        }
    }
}
