package dev.medzoo.translate.decode;

import com.github.jaiimageio.jpeg2000.impl.IISRandomAccessIO;
import com.github.jaiimageio.jpeg2000.impl.J2KImageReadParamJava;
import java.awt.Point;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;
import jj2000.j2k.codestream.HeaderInfo;
import jj2000.j2k.codestream.reader.BitstreamReaderAgent;
import jj2000.j2k.codestream.reader.HeaderDecoder;
import jj2000.j2k.decoder.DecoderSpecs;
import jj2000.j2k.image.BlkImgDataSrc;
import jj2000.j2k.image.DataBlkInt;
import jj2000.j2k.image.ImgDataConverter;
import jj2000.j2k.image.invcomptransf.InvCompTransf;
import jj2000.j2k.quantization.dequantizer.Dequantizer;
import jj2000.j2k.wavelet.synthesis.InverseWT;

/**
 * Decodes a codestream whose samples have planes of different sizes, which JJ2000's reader of
 * pictures refuses, by the parts that it consists of. A smaller plane's sample is repeated, as
 * OpenSlide does, not interpolated.
 */
final class Jpeg2000Planes {
    private final BlkImgDataSrc source;
    private final HeaderDecoder header;

    private Jpeg2000Planes(ImageInputStream stream) throws IOException {
        IISRandomAccessIO in = new IISRandomAccessIO(stream);
        J2KImageReadParamJava param = new J2KImageReadParamJava();
        HeaderInfo info = new HeaderInfo();
        header = new HeaderDecoder(in, param, info);
        DecoderSpecs specs = header.getDecoderSpecs();
        int[] depths = new int[header.getNumComps()];
        for (int i = 0; i < depths.length; i++) {
            depths[i] = header.getOriginalBitDepth(i);
        }
        BitstreamReaderAgent reader =
                BitstreamReaderAgent.createInstance(in, header, param, specs, false, info);
        Dequantizer dequantizer =
                header.createDequantizer(
                        header.createROIDeScaler(
                                header.createEntropyDecoder(reader, param), param, specs),
                        depths,
                        specs);
        InverseWT wavelet = InverseWT.createInstance(dequantizer, specs);
        wavelet.setImgResLevel(reader.getImgRes());
        source = new InvCompTransf(new ImgDataConverter(wavelet, 0), specs, depths);
    }

    /**
     * Decodes to words, interleaved by pixel.
     *
     * @param stream a codestream that {@link Jpeg2000Header} has validated
     */
    static short[] decode(
            ImageInputStream stream, int width, int height, int samples, Budget budget)
            throws IOException {
        Jpeg2000Planes planes = new Jpeg2000Planes(stream);
        int[][] all = new int[samples][];
        for (int i = 0; i < samples; i++) {
            all[i] = new int[planes.source.getCompImgWidth(i) * planes.source.getCompImgHeight(i)];
        }
        Point tiles = planes.source.getNumTiles(null);
        for (int y = 0; y < tiles.y; y++) {
            for (int x = 0; x < tiles.x; x++) {
                budget.checkWanted();
                planes.source.setTile(x, y);
                for (int i = 0; i < samples; i++) {
                    planes.tile(i, all[i]);
                }
            }
        }
        short[] words = new short[samples * width * height];
        for (int i = 0; i < samples; i++) {
            int across = planes.source.getCompSubsX(i);
            int down = planes.source.getCompSubsY(i);
            int row = planes.source.getCompImgWidth(i);
            for (int pixel = 0; pixel < width * height; pixel++) {
                int at = pixel / width / down * row + pixel % width / across;
                words[pixel * samples + i] = (short) all[i][at];
            }
        }
        return words;
    }

    /** Writes one sample's part of the current tile into its plane. */
    private void tile(int sample, int[] plane) {
        int tile = source.getTileIdx();
        int width = source.getTileCompWidth(tile, sample);
        int height = source.getTileCompHeight(tile, sample);
        int row = source.getCompImgWidth(sample);
        int bits = source.getNomRangeBits(sample);
        boolean isSigned = header.isOriginalSigned(sample);
        int shift = isSigned ? 0 : 1 << (bits - 1);
        int least = isSigned ? -(1 << (bits - 1)) : 0;
        int most = least + (1 << bits) - 1;
        int fraction = source.getFixedPoint(sample);
        for (int y = 0; y < height; y++) {
            DataBlkInt line =
                    (DataBlkInt) source.getInternCompData(new DataBlkInt(0, y, width, 1), sample);
            int to = (source.getCompULY(sample) + y) * row + source.getCompULX(sample);
            for (int x = 0; x < width; x++) {
                int value = (line.data[line.offset + x] >> fraction) + shift;
                plane[to + x] = Math.max(least, Math.min(most, value));
            }
        }
    }
}
