package dev.medzoo.cli;

import ai.djl.ModelException;
import dev.medzoo.batch.slide.KnownScales;
import dev.medzoo.batch.slide.SlideReading;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.TrainedScale;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the scales of a slide and of a model's training pictures. */
final class SlideScales {
    @Option(
            names = "--mpp",
            paramLabel = "MICROMETRES",
            description =
                    "Micrometres a pixel of the slide's finest level; default: what the slide says.")
    private @Nullable Double mpp;

    @Option(
            names = "--mpp-model",
            paramLabel = "MICROMETRES",
            description =
                    "Micrometres a pixel of the pictures that the model was trained on; default: what"
                            + " its card says.")
    private @Nullable Double mppModel;

    @Option(
            names = "--patch-model",
            paramLabel = "PIXELS",
            description =
                    "Side of the pictures that the model was trained on, before they were resized"
                            + " for the network; default: what its card says.")
    private @Nullable Integer patchModel;

    /** Refuses values that no slide has. */
    void check() {
        SlideReading.checkMicrometres(mpp);
    }

    /** Refuses every option, where no slides are read. */
    void refuseAll() {
        refuse("--mpp", mpp);
        refuse("--mpp-model", mppModel);
        refuse("--patch-model", patchModel);
    }

    static void refuse(String option, @Nullable Object value) {
        if (value != null) {
            throw new IllegalArgumentException(
                    "%s: %s (expected: with --slides)".formatted(option, value));
        }
    }

    /** Micrometres a pixel of slides' finest level; null for what each slide says. */
    @Nullable Double slide() {
        return mpp;
    }

    /**
     * The scale that a model was trained at.
     *
     * @throws IllegalArgumentException if neither its card nor options say so
     */
    TrainedScale model(MedZoo zoo, ModelReference reference) throws IOException, ModelException {
        ModelCard card = ModelCard.parse(zoo.card(reference), reference.toString());
        TrainedScale known = KnownScales.of(card);
        Double micrometres = mppModel;
        Integer side = patchModel;
        if (known == null && (micrometres == null || side == null)) {
            throw new IllegalArgumentException(
                    "scale: not in the card of %s (expected: --mpp-model and --patch-model)"
                            .formatted(reference));
        }
        return new TrainedScale(
                micrometres == null
                        ? Objects.requireNonNull(known).micrometresPerPixel()
                        : micrometres,
                side == null ? Objects.requireNonNull(known).side() : side);
    }

    /** Who says the model's scale, in words. */
    String modelSource() {
        return mppModel == null && patchModel == null ? "the model" : "options";
    }
}
