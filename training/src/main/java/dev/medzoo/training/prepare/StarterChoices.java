package dev.medzoo.training.prepare;

import dev.medzoo.training.StartingPoint.Habits;
import dev.medzoo.training.recipe.Recipe;
import dev.medzoo.translate.transform.ColourStep;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.network.NetworkType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Default settings of a first recipe for an untried data set. They are those of the committed
 * recipes with a shorter run. On the paper's foot patches, from {@code pretrained-skin}, they were
 * chosen on {@code val}.
 *
 * @param data facts about the pictures
 * @param parent facts about the initial weights; null for none
 */
record StarterChoices(DataFacts data, @Nullable Habits parent) {
    private static final int USUAL_SIDE = 128;
    private static final int LEAST_SIDE = 32;
    private static final int ROUNDS = 10;

    /** Number of pictures in val above which macro-F1 does not depend on one or two of them. */
    private static final int MANY_VAL = 500;

    /**
     * A choice and its reason.
     *
     * @param value as written in the recipe
     * @param reason the rest of a sentence
     */
    record Choice(String value, String reason) {}

    Choice inputSide() {
        if (parent != null) {
            return new Choice(
                    String.valueOf(parent.input().height()), "as the weights it starts from");
        }
        int side = Math.max(LEAST_SIDE, Math.min(USUAL_SIDE, data.shorterSide() / 16 * 16));
        return new Choice(
                String.valueOf(side),
                side < USUAL_SIDE
                        ? "half of the pictures have no more than %d pixels on their shorter side"
                                .formatted(data.shorterSide())
                        : "a larger side shows more detail; the time grows with its square");
    }

    Choice fit() {
        Transform.@Nullable Fit known = parent == null ? null : parent.fit();
        Transform.Fit fit = known == null ? Transform.Fit.SQUASH : known;
        String reason =
                fit == Transform.Fit.SQUASH
                        ? "the whole picture is stretched to the square; `cover` keeps proportions and"
                                + " cuts the edges"
                        : "proportions are kept and the edges cut; `squash` keeps the whole picture";
        return new Choice(word(fit), reason);
    }

    @Nullable Choice colour() {
        @Nullable ColourStep step = parent == null ? null : parent.colour();
        return step == null ? null : new Choice(word(step), "as the weights it starts from");
    }

    @Nullable Choice network() {
        return parent == null || parent.network() == NetworkType.DCNN
                ? null
                : new Choice(parent.network().word(), "as the weights it starts from");
    }

    /** Quarter turns add variety if a picture has no natural orientation. */
    Choice quarterTurns() {
        @Nullable String recipe = parent == null ? null : parent.recipe();
        boolean turned = recipe != null && turned(recipe);
        return new Choice(
                String.valueOf(turned),
                turned
                        ? "as the weights it starts from; false where pictures have a fixed orientation"
                        : "true where pictures have no fixed orientation, such as of skin lesions or tissue");
    }

    private static boolean turned(String recipe) {
        try {
            return Recipe.parse(recipe, "of the parent").augmentation().quarterTurns();
        } catch (IllegalArgumentException e) {
            // Written for another version of this program, or not a recipe.
            return false;
        }
    }

    Choice batchSize() {
        int train = data.train();
        int size = train >= 128 ? 32 : train >= 32 ? 16 : 8;
        return new Choice(String.valueOf(size), "of %d training pictures".formatted(train));
    }

    /** A multiple of {@link #judgeEvery}. */
    Choice steps() {
        int perEpoch = Math.max(1, data.train() / batch());
        int epochs = parent == null ? 40 : 20;
        int least = parent == null ? 600 : 300;
        int steps = Math.max(least, Math.min(10 * least, epochs * perEpoch));
        int rounded = (steps + ROUNDS - 1) / ROUNDS * ROUNDS;
        return new Choice(
                String.valueOf(rounded),
                "each training picture is seen about %d times"
                        .formatted(Math.round((double) rounded * batch() / data.train())));
    }

    Choice judgeEvery() {
        return new Choice(
                String.valueOf(Integer.parseInt(steps().value()) / ROUNDS),
                "%d evaluations on val".formatted(ROUNDS));
    }

    Choice chosenBy() {
        return data.val() < MANY_VAL
                ? new Choice(
                        "loss",
                        "with %d pictures in val, one or two decide macro-F1".formatted(data.val()))
                : new Choice("macro_f1", "val has %d pictures".formatted(data.val()));
    }

    Choice learningRate() {
        return parent == null
                ? new Choice("0.003", "usual from random weights")
                : new Choice("0.002", "lower than from random weights");
    }

    Choice averageDecay() {
        boolean isShort = Integer.parseInt(steps().value()) <= 1000;
        return new Choice(
                isShort ? "0.98" : "0.995",
                "the weights that are kept are an average over about the last %d steps"
                        .formatted(isShort ? 50 : 200));
    }

    private int batch() {
        return Integer.parseInt(batchSize().value());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
