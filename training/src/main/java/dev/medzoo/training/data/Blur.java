package dev.medzoo.training.data;

/** A Gaussian blur, rows first and columns after, edges repeated. */
final class Blur {
    private Blur() {}

    /**
     * Returns a blurred copy.
     *
     * @param rgb of width × height pixels, row by row
     * @param sigma of the Gaussian, in pixels, above 0
     */
    static byte[] apply(byte[] rgb, int width, int height, double sigma) {
        float[] kernel = kernel(sigma);
        float[] rows = new float[rgb.length];
        int radius = kernel.length / 2;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int k = -radius; k <= radius; k++) {
                    int from = 3 * (y * width + Math.max(0, Math.min(width - 1, x + k)));
                    int to = 3 * (y * width + x);
                    float weight = kernel[k + radius];
                    rows[to] += weight * (rgb[from] & 0xff);
                    rows[to + 1] += weight * (rgb[from + 1] & 0xff);
                    rows[to + 2] += weight * (rgb[from + 2] & 0xff);
                }
            }
        }
        byte[] out = new byte[rgb.length];
        int line = 3 * width;
        for (int i = 0; i < rgb.length; i++) {
            int y = i / line;
            float sum = 0.5f;
            for (int k = -radius; k <= radius; k++) {
                int row = Math.max(0, Math.min(height - 1, y + k));
                sum += kernel[k + radius] * rows[row * line + i % line];
            }
            out[i] = (byte) Math.min(255, (int) sum);
        }
        return out;
    }

    /** Kernel of two deviations to each side, with sum 1. */
    private static float[] kernel(double sigma) {
        int radius = Math.max(1, (int) Math.ceil(2 * sigma));
        float[] kernel = new float[2 * radius + 1];
        float sum = 0;
        for (int k = -radius; k <= radius; k++) {
            kernel[k + radius] = (float) Math.exp(-k * k / (2 * sigma * sigma));
            sum += kernel[k + radius];
        }
        for (int k = 0; k < kernel.length; k++) {
            kernel[k] /= sum;
        }
        return kernel;
    }
}
