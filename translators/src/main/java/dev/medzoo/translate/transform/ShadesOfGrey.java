package dev.medzoo.translate.transform;

import dev.medzoo.translate.decode.RgbPicture;

/** The arithmetic of {@link ColourStep#SHADES_OF_GREY}. */
final class ShadesOfGrey {
    /** The norm's power that Finlayson and Trezzi found best. */
    private static final int POWER = 6;

    private static final double[] POWERS = new double[256];

    static {
        for (int level = 0; level < POWERS.length; level++) {
            POWERS[level] = Math.pow(level, POWER);
        }
    }

    private ShadesOfGrey() {}

    static RgbPicture apply(RgbPicture picture) {
        double[] light = light(picture.rgb());
        double length = Math.sqrt(light[0] * light[0] + light[1] * light[1] + light[2] * light[2]);
        if (Math.min(light[0], Math.min(light[1], light[2])) == 0) {
            return picture;
        }
        byte[] out = new byte[picture.rgb().length];
        for (int channel = 0; channel < 3; channel++) {
            byte[] levels = levels(length / (Math.sqrt(3) * light[channel]));
            for (int i = channel; i < out.length; i += 3) {
                out[i] = levels[picture.rgb()[i] & 0xff];
            }
        }
        return new RgbPicture(picture.width(), picture.height(), out);
    }

    /** The norm of each channel over all pixels, {@code (mean of v^p)^(1/p)}. */
    private static double[] light(byte[] rgb) {
        long[][] counts = new long[3][256];
        for (int i = 0; i < rgb.length; i += 3) {
            counts[0][rgb[i] & 0xff]++;
            counts[1][rgb[i + 1] & 0xff]++;
            counts[2][rgb[i + 2] & 0xff]++;
        }
        double[] light = new double[3];
        for (int channel = 0; channel < 3; channel++) {
            double sum = 0;
            for (int level = 0; level < 256; level++) {
                sum += counts[channel][level] * POWERS[level];
            }
            light[channel] = Math.pow(sum / (rgb.length / 3.0), 1.0 / POWER);
        }
        return light;
    }

    /** Maps each level, rounded and clipped at white. */
    private static byte[] levels(double gain) {
        byte[] levels = new byte[256];
        for (int level = 0; level < 256; level++) {
            levels[level] = (byte) Math.min(255, (int) (level * gain + 0.5));
        }
        return levels;
    }
}
