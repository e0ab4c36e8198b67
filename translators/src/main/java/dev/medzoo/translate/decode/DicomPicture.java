package dev.medzoo.translate.decode;

import dev.medzoo.translate.decode.dicom.CostLimits;
import dev.medzoo.translate.decode.dicom.DicomFile;
import dev.medzoo.translate.decode.dicom.DicomOptions;
import dev.medzoo.translate.decode.dicom.FrameCodecs;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import java.io.IOException;
import javax.imageio.IIOException;

/** Decodes a frame of a DICOM file within the picture's budget, with this package's decoders. */
final class DicomPicture extends StrippedFile {
    private final DicomFile file;

    private DicomPicture(DicomFile file) {
        super(Orientation.UPRIGHT);
        this.file = file;
    }

    static StrippedFile open(byte[] bytes, DicomOptions options, Budget budget) throws IOException {
        return new DicomPicture(DicomFile.open(bytes, options, new Limits(budget)));
    }

    /** Reads the identifiers that an object derived from the file must carry. */
    static SourceInstance source(byte[] bytes, Budget budget) throws IOException {
        return SourceInstance.read(bytes, new Limits(budget));
    }

    @Override
    RgbPicture read(Budget budget) throws IOException {
        byte[] rgb = file.rgb(new Codecs(budget));
        return new RgbPicture(file.width(), file.height(), rgb);
    }

    private record Limits(Budget budget) implements CostLimits {
        @Override
        public void pixels(long width, long height) throws IOException {
            budget.pixels(width, height);
        }

        @Override
        public void work(String what, double pixels) throws IOException {
            budget.work(what, pixels);
        }

        @Override
        public void memory(String what, double bytes) throws IOException {
            budget.memory(what, bytes);
        }

        @Override
        public void checkWanted() throws IOException {
            budget.checkWanted();
        }
    }

    private record Codecs(Budget budget) implements FrameCodecs {
        @Override
        public byte[] sequentialJpeg(byte[] jpeg, int width, int height) throws IOException {
            RgbPicture picture = PictureFormat.JPEG.open(jpeg, budget).read(budget);
            if (picture.width() != width || picture.height() != height) {
                throw new IIOException(
                        "JPEG of %dx%d pixels (expected: %dx%d)"
                                .formatted(picture.width(), picture.height(), width, height));
            }
            return picture.rgb();
        }

        @Override
        public short[] losslessJpeg(byte[] jpeg, int width, int height, int samples)
                throws IOException {
            return new JpegLossless(jpeg, width, height, samples, budget).decode();
        }

        @Override
        public short[] jpeg2000(byte[] codestream, int width, int height, int samples)
                throws IOException {
            return Jpeg2000.decode(codestream, width, height, samples, budget);
        }
    }
}
