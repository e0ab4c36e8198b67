package dev.medzoo.translate.decode.dicom;

/** Converts words of three samples per pixel to 8-bit RGB. */
final class Colours {
    private Colours() {}

    /**
     * Samples of more than 8 bits keep their high byte; those of fewer are scaled up.
     *
     * @param photometric of the words: RGB, or YBR_FULL
     */
    static byte[] rgb(short[] words, Photometric photometric, ImagePixel pixel) {
        byte[] rgb = new byte[words.length];
        int bits = pixel.bitsStored();
        for (int i = 0; i < rgb.length; i++) {
            int word = words[i] & 0xffff;
            rgb[i] = (byte) (bits >= 8 ? word >> (bits - 8) : word * 255 / pixel.mask());
        }
        if (photometric != Photometric.RGB) {
            toRgb(rgb);
        }
        return rgb;
    }

    /** Converts YBR_FULL (PS3.3 C.7.6.3.1.2; the same as JFIF's YCbCr). */
    private static void toRgb(byte[] ybr) {
        for (int i = 0; i < ybr.length; i += 3) {
            double luma = ybr[i] & 0xff;
            int blue = (ybr[i + 1] & 0xff) - 128;
            int red = (ybr[i + 2] & 0xff) - 128;
            ybr[i] = level(luma + 1.402 * red);
            ybr[i + 1] = level(luma - 0.344136 * blue - 0.714136 * red);
            ybr[i + 2] = level(luma + 1.772 * blue);
        }
    }

    private static byte level(double value) {
        return (byte) Math.max(0, Math.min(255, Math.floor(value + 0.5)));
    }
}
