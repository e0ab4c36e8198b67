package dev.medzoo.cli;

import ai.djl.ModelException;
import dev.medzoo.batch.slide.SlideReading;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.TrainedScale;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options for how slides are read. */
final class SlideChoice {
    private static final double USUAL_TISSUE = 0.25;

    @Mixin private final SlideScales scales = new SlideScales();

    @Option(
            names = "--level",
            paramLabel = "N",
            description =
                    "Level of a slide to read, 0 for the finest; default: the coarsest that shows what"
                            + " the training pictures show.")
    private @Nullable Integer level;

    @Option(
            names = "--least-tissue",
            paramLabel = "SHARE",
            description =
                    "Score fields of a slide with at least this share of tissue; default: 0.25.")
    private @Nullable Double leastTissue;

    @Option(
            names = "--class",
            paramLabel = "LABEL",
            description = "Class to draw a heat map of, may be given several times; default: all.")
    private List<String> classes = List.of();

    /** Refuses values that no slide has. */
    void check() {
        scales.check();
        SlideReading.checkTissue(tissue());
    }

    /** Refuses every option, where no slides are read. */
    void refuseAll() {
        scales.refuseAll();
        SlideScales.refuse("--level", level);
        SlideScales.refuse("--least-tissue", leastTissue);
        SlideScales.refuse("--class", classes.isEmpty() ? null : classes);
    }

    private double tissue() {
        return leastTissue == null ? USUAL_TISSUE : leastTissue;
    }

    /**
     * How slides are read for a model.
     *
     * @throws IllegalArgumentException if neither its card nor options say its scale
     */
    SlideReading reading(MedZoo zoo, ModelReference model) throws IOException, ModelException {
        TrainedScale trained = scales.model(zoo, model);
        return new SlideReading(
                scales.slide(),
                trained.micrometresPerPixel(),
                trained.side(),
                scales.modelSource(),
                level,
                tissue(),
                classes);
    }
}
