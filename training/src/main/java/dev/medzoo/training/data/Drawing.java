package dev.medzoo.training.data;

import dev.medzoo.translate.decode.RgbPicture;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Kinds of pictures drawn by code that are foreign to every medical model. Out-of-distribution
 * detection is fitted to some kinds and evaluated on others.
 */
public enum Drawing {
    /** A plane: white, black, grey, skin-toned, pink or of any colour. */
    PLANE(true, 0),
    /** From one colour to another, in a direction. */
    GRADIENT(true, 1000),
    /** Every pixel by itself. */
    NOISE(true, 2000),
    /** Lines of letters. */
    TEXT(true, 3000),
    /** A cat's face. */
    CAT(true, 4000),
    /** Two colours in turn. */
    STRIPES(true, 5000),
    /** Ovals of any colours. */
    CONFETTI(true, 6000),
    /** Straight-edged pieces in the tones of skin and of stained tissue. */
    PATCHWORK(true, 15000),

    /** A plane with a slight fall of light and faint noise, as a covered lens gives. */
    LENS_CAP(false, 7000),
    /** A light in the middle of the dark, or the other way round. */
    GLOW(false, 8000),
    /** Soft clouds of two colours. */
    CLOUDS(false, 9000),
    /** Bars over an axis. */
    CHART(false, 10000),
    /** A house under the sky. */
    HOUSE(false, 11000),
    /** Windows with text on a screen. */
    SCREEN(false, 12000),
    /** Squares of two colours. */
    CHECKS(false, 13000),
    /** Dark spots on lit, speckled skin, as an artifact's golden pictures are. */
    SPOTS(false, 14000);

    private final boolean fitted;
    private final long firstSeed;

    Drawing(boolean fitted, long firstSeed) {
        this.fitted = fitted;
        this.firstSeed = firstSeed;
    }

    /** The kinds to fit to. */
    public static List<Drawing> toFit() {
        return Arrays.stream(values()).filter(kind -> kind.fitted).toList();
    }

    /** The kinds for evaluation. */
    public static List<Drawing> toJudge() {
        return Arrays.stream(values()).filter(kind -> !kind.fitted).toList();
    }

    /** Label for people: {@code drawn: lens cap}. */
    public String label() {
        return "drawn: " + name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Draws pictures of this kind, the same at every call. */
    public List<RgbPicture> pictures(int count) {
        return LongStream.range(0, count).mapToObj(this::picture).toList();
    }

    private RgbPicture picture(long number) {
        Canvas canvas = new Canvas(firstSeed + number);
        Sketches.draw(this, canvas);
        if (canvas.random.nextBoolean()) {
            canvas.noise(canvas.between(0.3, 3), canvas.random.nextBoolean());
        }
        return canvas.picture();
    }
}
