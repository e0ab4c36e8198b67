package dev.medzoo.translate.decode.dicom;

import java.io.IOException;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import javax.imageio.IIOException;
import org.jspecify.annotations.Nullable;

/**
 * Maps values after the modality LUT to [0, 1] (VOI LUT, PS3.3 C.11.2). A lookup table takes
 * precedence over a window, and the first of several is used.
 */
final class Voi {
    private Voi() {}

    /** The lookup table or window of a data set or item, or null if it has none. */
    static @Nullable DoubleUnaryOperator of(DataSet set, boolean isSigned) throws IOException {
        DataSet table = set.item(Tag.VOI_LUT_SEQUENCE);
        if (table != null) {
            return LookupTable.of(table, Tag.LUT_DESCRIPTOR, Tag.LUT_DATA, isSigned)::share;
        }
        OptionalDouble center = set.decimal(Tag.WINDOW_CENTER);
        OptionalDouble width = set.decimal(Tag.WINDOW_WIDTH);
        if (center.isEmpty() || width.isEmpty()) {
            return null;
        }
        return window(set.text(Tag.VOI_LUT_FUNCTION), center.getAsDouble(), width.getAsDouble());
    }

    /** Window functions of C.11.2.1.2.1 and C.11.2.1.3. */
    private static DoubleUnaryOperator window(String function, double center, double width)
            throws IOException {
        boolean isLinear = function.isEmpty() || function.equals("LINEAR");
        if (!(isLinear ? width >= 1 : width > 0)) {
            throw new IIOException(
                    "window width: %s (expected: %s)"
                            .formatted(width, isLinear ? "at least 1" : "above 0"));
        }
        if (isLinear) {
            return width == 1
                    ? x -> x <= center - 0.5 ? 0 : 1
                    : x -> clip((x - (center - 0.5)) / (width - 1) + 0.5);
        }
        return switch (function) {
            case "LINEAR_EXACT" -> x -> clip((x - center) / width + 0.5);
            case "SIGMOID" -> x -> 1 / (1 + Math.exp(-4 * (x - center) / width));
            default ->
                    throw new UnreadDicomException(
                            "unknown DICOM VOI LUT function (expected: LINEAR, LINEAR_EXACT or"
                                    + " SIGMOID)");
        };
    }

    /** Maps a whole range linearly; a range of one value is black. */
    static DoubleUnaryOperator range(double least, double greatest) {
        return x -> greatest > least ? clip((x - least) / (greatest - least)) : 0;
    }

    private static double clip(double share) {
        return Math.max(0, Math.min(1, share));
    }
}
