package dev.medzoo.translate.decode;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A JPEG of one or three components. {@link JpegRenderer} decodes common files at full size, and
 * {@link JpegReducer} a large one that is needed far smaller. The JDK's reader decodes all others;
 * {@link JpegRecoder} first merges several scans into one.
 */
final class JpegPicture extends StrippedFile {
    /**
     * Least number of decoded pixels per resized pixel, each way. With so many, the resize hides
     * the block artefacts of reduced decoding.
     */
    private static final double PIXELS_FOR_ONE = 1.5;

    private final JpegCoded coded;
    private final boolean isRgb;

    /**
     * @param isRgb whether three colours are red, green and blue
     */
    JpegPicture(JpegCoded coded, boolean isRgb, int orientation) {
        super(orientation);
        this.coded = coded;
        this.isRgb = isRgb;
    }

    @Override
    RgbPicture read(Budget budget) throws IOException {
        RgbPicture rendered = rendered(budget);
        return rendered == null ? byLibjpeg(budget) : rendered;
    }

    /** Decodes with the JDK's reader. */
    RgbPicture byLibjpeg(Budget budget) throws IOException {
        return byLibjpeg(coded.oneScan(budget), budget);
    }

    /** Decodes with {@link JpegRenderer}; null for an unsupported or malformed file. */
    @Nullable RgbPicture rendered(Budget budget) throws IOException {
        boolean isCandidate = coded.scans.isBare() && coded.scans.hasEnd();
        JpegFrame frame =
                isCandidate && coded.scans.count() == 1 ? JpegFrame.of(coded.segments) : null;
        JpegScan scan = frame == null ? null : scan(frame);
        if (frame == null || scan == null || !JpegRenderer.reads(frame)) {
            return null;
        }
        coded.scans.charge(budget, coded.width, coded.height, false);
        JpegRenderer renderer = new JpegRenderer(frame, scan, isRgb, budget);
        return renderer.read(coded.source, coded.scans.end(), budget);
    }

    private RgbPicture byLibjpeg(byte[] file, Budget budget) throws IOException {
        return new ReaderFile(PictureFormat.JPEG, file, orientation()).read(budget);
    }

    @Override
    CoarsePicture read(DownscaleHint shrinking, Budget budget) throws IOException {
        int scale = scale(shrinking);
        boolean isCandidate = scale > 1 && coded.scans.hasEnd();
        JpegFrame frame = isCandidate ? JpegFrame.of(coded.segments) : null;
        if (frame == null) {
            return super.read(shrinking, budget);
        }
        JpegReducer reducer = new JpegReducer(frame, isRgb, scale);
        JpegScan only = coded.scans.count() > 1 ? null : scan(frame);
        if (only != null) {
            coded.scans.charge(budget, coded.width, coded.height, false);
            return coarse(reducer.read(only, coded.source, coded.scans.end(), budget), scale);
        }
        if (!coded.hasScansToJoin()) {
            return super.read(shrinking, budget);
        }
        coded.scans.chargeRecoded(budget, coded.width, coded.height);
        JpegCoefficients all = JpegCoefficients.read(coded.bytes(), reducer.wanted(), budget);
        return all == null
                ? CoarsePicture.of(byLibjpeg(coded.asItIs(budget), budget))
                : coarse(reducer.read(all, budget), scale);
    }

    private @Nullable JpegScan scan(JpegFrame frame) throws IOException {
        return coded.isProgressive() ? null : JpegScan.of(frame, coded.source, coded.scan);
    }

    private CoarsePicture coarse(RgbPicture reduced, int scale) {
        return CoarsePicture.of(reduced, scale, coded.width, coded.height);
    }

    /** Reduction factor, each way: 1, 2, 4 or 8. */
    private int scale(DownscaleHint shrinking) {
        int width = coded.width;
        int height = coded.height;
        if ((long) width * height < PictureDecoder.LARGE_PIXELS) {
            return 1;
        }
        boolean isTransposed = Orientation.isTransposed(orientation());
        double most =
                shrinking.pixelsForOne(isTransposed ? height : width, isTransposed ? width : height)
                        / PIXELS_FOR_ONE;
        return most < 2 ? 1 : Math.min(8, Integer.highestOneBit((int) most));
    }
}
