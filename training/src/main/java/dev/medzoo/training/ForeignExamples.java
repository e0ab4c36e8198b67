package dev.medzoo.training;

import dev.medzoo.training.data.BatchLoader;
import dev.medzoo.training.data.Drawing;
import dev.medzoo.training.data.PicturePool;
import dev.medzoo.training.data.PicturePool.Part;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.training.data.PictureSets;
import dev.medzoo.training.learn.Scorer;
import dev.medzoo.training.measure.Scores;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.zoo.data.FaultyDataException;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Out-of-distribution examples for a model. Detection is fitted to the pictures that its recipe
 * names and to some kinds of drawings. It is evaluated on other pictures and other kinds of
 * drawings.
 */
final class ForeignExamples {
    /** Most pictures of each part that a recipe names. */
    private static final int PICTURES = 1000;

    /** Drawings of each kind. */
    private static final int DRAWINGS = 40;

    /** A cache, as every run of a study needs the same ones; cleared when memory is short. */
    private static final Map<Drawing, SoftReference<List<RgbPicture>>> DRAWN =
            new EnumMap<>(Drawing.class);

    private final List<List<LabelledPicture>> parts;

    private ForeignExamples(List<List<LabelledPicture>> parts) {
        this.parts = parts;
    }

    /**
     * Lists the pictures that a recipe names, without reading them.
     *
     * @param own pictures, whose folder lies beside the others
     * @throws FaultyDataException listing every part that is the model's own data set, uses the
     *     evaluation split, or has no pictures
     */
    static ForeignExamples open(PictureSets own, List<Part> parts) throws IOException {
        return open(
                own.parts().get(0).folder(),
                own.parts().stream().map(PictureSet::name).toList(),
                parts);
    }

    /**
     * The same.
     *
     * @param folder of one of its own data sets, which lies beside the others
     * @param names of its own data sets
     */
    static ForeignExamples open(Path folder, List<String> names, List<Part> parts)
            throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        Path data = Objects.requireNonNull(absolute.getParent(), "folder of the data sets");
        List<List<LabelledPicture>> pictures = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (Part part : parts) {
            faults.addAll(faults(part, names));
            try {
                pictures.add(PicturePool.open(data, List.of(part)).pictures());
            } catch (FaultyDataException e) {
                faults.addAll(e.faults());
            }
        }
        FaultyDataException.refuse(faults);
        return new ForeignExamples(pictures);
    }

    private static List<String> faults(Part part, List<String> own) {
        List<String> faults = new ArrayList<>();
        if (own.contains(part.dataSet())) {
            faults.add(
                    "foreign: %s (expected: a data set other than the model's own)"
                            .formatted(part.dataSet()));
        }
        if (part.split().equals(Evaluation.FOREIGN_SPLIT)) {
            faults.add(
                    "foreign: %s of %s (expected: another split, as this one scores the fit)"
                            .formatted(part.split(), part.dataSet()));
        }
        return faults;
    }

    /** Outputs to fit to, one entry per kind. */
    List<Scores> toFit(Scorer scorer, BatchLoader loader) {
        List<Scores> verdicts = new ArrayList<>();
        for (List<LabelledPicture> part : parts) {
            verdicts.add(scorer.scoreSome(loader, part, PICTURES));
        }
        verdicts.addAll(drawings(Drawing.toFit(), scorer, loader).values());
        return verdicts;
    }

    /** Outputs on drawings for the evaluation, by kind. */
    static Map<String, Scores> toJudge(Scorer scorer, BatchLoader loader) {
        return drawings(Drawing.toJudge(), scorer, loader);
    }

    private static Map<String, Scores> drawings(
            List<Drawing> kinds, Scorer scorer, BatchLoader loader) {
        Map<String, Scores> verdicts = new LinkedHashMap<>();
        for (Drawing kind : kinds) {
            verdicts.put(
                    kind.label(), scorer.score(kind.label(), pictures(kind), loader.transform()));
        }
        return verdicts;
    }

    private static List<RgbPicture> pictures(Drawing kind) {
        synchronized (DRAWN) {
            SoftReference<List<RgbPicture>> drawn = DRAWN.get(kind);
            List<RgbPicture> pictures = drawn == null ? null : drawn.get();
            if (pictures == null) {
                pictures = kind.pictures(DRAWINGS);
                DRAWN.put(kind, new SoftReference<>(pictures));
            }
            return pictures;
        }
    }
}
