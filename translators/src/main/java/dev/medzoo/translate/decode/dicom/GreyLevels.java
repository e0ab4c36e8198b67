package dev.medzoo.translate.decode.dicom;

import java.io.IOException;
import java.util.BitSet;
import java.util.DoubleSummaryStatistics;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Maps the stored values of a grey picture to levels, 0 to 255 (PS3.3 C.11.1, C.11.2; for
 * MONOCHROME1 C.7.6.3.1.2): modality LUT, then VOI LUT, then inversion for MONOCHROME1.
 *
 * <p>Without a window or VOI LUT, the range is that of the frame's values after the modality LUT,
 * padding values (C.7.5.1.1.2) excluded. For pictures of at most 8 bits without a modality LUT it
 * is the full range of the bits, so that a drawn picture keeps its levels.
 */
final class GreyLevels {
    private final ImagePixel pixel;
    private final DataSet set;

    GreyLevels(ImagePixel pixel, DataSet set) {
        this.pixel = pixel;
        this.set = set;
    }

    /**
     * Builds the level of each possible stored value.
     *
     * @param words of the frame, with no bits but those stored
     * @return one level per possible value, indexed by the unsigned stored value
     */
    byte[] of(short[] words) throws IOException {
        DoubleUnaryOperator modality = modality();
        DoubleUnaryOperator voi = voi();
        if (voi == null) {
            voi = range(words, modality);
        }
        byte[] levels = new byte[pixel.mask() + 1];
        for (int stored = 0; stored < levels.length; stored++) {
            double share = voi.applyAsDouble(modality.applyAsDouble(pixel.value(stored)));
            int level = (int) Math.floor(255 * share + 0.5);
            levels[stored] =
                    (byte) (pixel.photometric() == Photometric.MONOCHROME1 ? 255 - level : level);
        }
        return levels;
    }

    private DoubleUnaryOperator modality() throws IOException {
        DataSet table = set.item(Tag.MODALITY_LUT_SEQUENCE);
        if (table != null) {
            return LookupTable.of(table, Tag.LUT_DESCRIPTOR, Tag.LUT_DATA, pixel.isSigned())::entry;
        }
        DataSet rescale = set.ofFrame(Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE);
        double slope = rescale.decimal(Tag.RESCALE_SLOPE).orElse(1);
        double intercept = rescale.decimal(Tag.RESCALE_INTERCEPT).orElse(0);
        return x -> x * slope + intercept;
    }

    private @Nullable DoubleUnaryOperator voi() throws IOException {
        return Voi.of(set.ofFrame(Tag.FRAME_VOI_LUT_SEQUENCE), pixel.isSigned());
    }

    private DoubleUnaryOperator range(short[] words, DoubleUnaryOperator modality) {
        boolean isIdentity =
                set.item(Tag.MODALITY_LUT_SEQUENCE) == null
                        && modality.applyAsDouble(0) == 0
                        && modality.applyAsDouble(1) == 1;
        if (pixel.bitsStored() <= Byte.SIZE && isIdentity) {
            int least = pixel.isSigned() ? -(1 << (pixel.bitsStored() - 1)) : 0;
            return Voi.range(least, least + pixel.mask());
        }
        BitSet present = new BitSet(pixel.mask() + 1);
        for (short word : words) {
            present.set(word & 0xffff);
        }
        clearPadding(present);
        DoubleSummaryStatistics values =
                present.stream()
                        .mapToDouble(each -> modality.applyAsDouble(pixel.value(each)))
                        .summaryStatistics();
        return Voi.range(values.getMin(), values.getMax());
    }

    private void clearPadding(BitSet present) {
        int padding = set.number(Tag.PIXEL_PADDING_VALUE, -1);
        if (padding < 0) {
            return;
        }
        int one = pixel.value(padding & pixel.mask());
        int limit = set.number(Tag.PIXEL_PADDING_RANGE_LIMIT, padding);
        int other = pixel.value(limit & pixel.mask());
        for (int value = Math.min(one, other); value <= Math.max(one, other); value++) {
            present.clear(value & pixel.mask());
        }
    }
}
