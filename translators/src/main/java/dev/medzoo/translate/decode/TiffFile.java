package dev.medzoo.translate.decode;

import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/**
 * A TIFF file, other than a fax. Two of the reader's warnings are ignored because they are about
 * valid files: a last strip shorter than the others where the rows do not divide evenly (each
 * strip's length is checked here instead), and JPEG strips that carry their own tables (without
 * any, the reader fails).
 */
final class TiffFile extends ReaderFile {
    private static final String SHORT_STRIP = "strip/tileByteCount < required";
    private static final String OWN_TABLES = "Missing JPEGTables";

    private final StrippedTiff bare;
    private final boolean holdsAllRows;
    private final @Nullable Alpha alpha;

    private TiffFile(
            byte[] bytes,
            StrippedTiff bare,
            int orientation,
            boolean holdsAllRows,
            @Nullable Alpha alpha) {
        super(PictureFormat.TIFF, bytes, orientation);
        this.bare = bare;
        this.holdsAllRows = holdsAllRows;
        this.alpha = alpha;
    }

    static StrippedFile open(byte[] bytes, Budget budget) throws IOException {
        TiffDirectory tags = TiffDirectory.ofPicture(bytes);
        TiffLayout layout = TiffLayout.of(tags, bytes, budget);
        if (layout.isFax()) {
            return FaxFile.of(bytes, tags, layout);
        }
        StrippedTiff bare = StrippedTiff.of(bytes, tags, layout);
        return new TiffFile(bytes, bare, tags.orientation(), layout.holdsAllRows(), alpha(tags));
    }

    @Override
    BytesStream stream(Budget budget) {
        return new BytesStream(bare.head(), bytes, bare.tail(), budget);
    }

    /** Meaning of the first sample after the colours; null if there is none. */
    private static @Nullable Alpha alpha(TiffDirectory tags) throws IOException {
        if (tags.count(TiffTags.EXTRA_SAMPLES) == 0) {
            return hasUnnamedSamples(tags) ? Alpha.NONE : null;
        }
        return switch ((int) tags.value(TiffTags.EXTRA_SAMPLES, 0)) {
            case 1 -> Alpha.MULTIPLIED;
            case 2 -> Alpha.PLAIN;
            default -> Alpha.NONE;
        };
    }

    private static boolean hasUnnamedSamples(TiffDirectory tags) throws IOException {
        long samples = tags.value(TiffTags.SAMPLES_PER_PIXEL, 1);
        return switch ((int) tags.value(TiffTags.PHOTOMETRIC, -1)) {
            case TiffTags.WHITE_IS_ZERO, TiffTags.BLACK_IS_ZERO -> samples > 1;
            case TiffTags.RGB -> samples > 3;
            default -> false;
        };
    }

    /** Sets the colour type explicitly: the reader's default takes every fourth sample as alpha. */
    @Override
    RgbPicture pixels(ImageReader reader) throws IOException {
        if (alpha == null) {
            return super.pixels(reader);
        }
        ImageReadParam param = reader.getDefaultReadParam();
        param.setDestinationType(reader.getRawImageType(0));
        return Samples.of(reader.read(0, param), alpha);
    }

    @Override
    boolean isDamage(String warning) {
        return super.isDamage(warning)
                && !warning.startsWith(OWN_TABLES)
                && !(holdsAllRows && warning.startsWith(SHORT_STRIP));
    }
}
