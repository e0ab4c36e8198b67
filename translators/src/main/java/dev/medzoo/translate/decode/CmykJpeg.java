package dev.medzoo.translate.decode;

import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;

/**
 * A CMYK JPEG. Its values are stored inverted, 255 is no ink (Adobe's convention), as all programs
 * write them and Pillow reads them.
 */
final class CmykJpeg extends ReaderFile {
    private final boolean ycck;

    /**
     * @param ycck whether cyan, magenta and yellow are stored as YCbCr
     */
    CmykJpeg(byte[] bytes, int orientation, boolean ycck) {
        super(PictureFormat.JPEG, bytes, orientation);
        this.ycck = ycck;
    }

    @Override
    RgbPicture pixels(ImageReader reader) throws IOException {
        Raster raster = reader.readRaster(0, null);
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] rgb = new byte[3 * width * height];
        byte[] row = new byte[4 * width];
        int[] cmyk = new int[4];
        for (int y = 0; y < height; y++) {
            raster.getDataElements(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                readCmyk(row, 4 * x, cmyk);
                CmykConversion.toRgb(cmyk[0], cmyk[1], cmyk[2], cmyk[3], rgb, 3 * (y * width + x));
            }
        }
        return new RgbPicture(width, height, rgb);
    }

    private void readCmyk(byte[] stored, int at, int[] cmyk) {
        cmyk[3] = 255 - (stored[at + 3] & 0xff);
        if (!ycck) {
            for (int i = 0; i < 3; i++) {
                cmyk[i] = 255 - (stored[at + i] & 0xff);
            }
            return;
        }
        // libjpeg's fixed-point YCbCr; the ink is what red, green and blue come out as.
        int luma = (stored[at] & 0xff) << 16;
        int cb = (stored[at + 1] & 0xff) - 128;
        int cr = (stored[at + 2] & 0xff) - 128;
        int half = 1 << 15;
        cmyk[0] = clip((luma + 91881 * cr + half) >> 16);
        cmyk[1] = clip((luma - 22554 * cb - 46802 * cr + half) >> 16);
        cmyk[2] = clip((luma + 116130 * cb + half) >> 16);
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
