package dev.medzoo.translate.decode;

import java.io.IOException;

/**
 * Converts the planes of a lossy WebP to RGB, with libwebp's arithmetic. Chroma is upsampled from
 * its four nearest samples, weighted 9, 3, 3 and 1.
 */
final class Vp8Rgb {
    private final Vp8Plane luma;
    private final Vp8Plane blue;
    private final Vp8Plane red;

    Vp8Rgb(Vp8Plane luma, Vp8Plane blue, Vp8Plane red) {
        this.luma = luma;
        this.blue = blue;
        this.red = red;
    }

    RgbPicture picture(int width, int height, Budget budget) throws IOException {
        byte[] rgb = new byte[3 * width * height];
        int[] u = new int[width];
        int[] v = new int[width];
        int last = (height + 1) / 2 - 1;
        for (int y = 0; y < height; y++) {
            if ((y & 63) == 0) {
                budget.checkWanted();
            }
            int near = y / 2;
            // The second chroma row: the one below for odd rows, the one above for even rows.
            int far = Math.max(0, Math.min(last, (y & 1) == 1 ? near + 1 : near - 1));
            interpolate(blue, near, far, u);
            interpolate(red, near, far, v);
            row(y, u, v, rgb, 3 * y * width);
        }
        return new RgbPicture(width, height, rgb);
    }

    private static void interpolate(Vp8Plane plane, int near, int far, int[] out) {
        byte[] pixels = plane.pixels;
        int one = plane.at(0, near);
        int other = plane.at(0, far);
        int a = pixels[one] & 0xff;
        int b = pixels[other] & 0xff;
        out[0] = (3 * a + b + 2) >> 2;
        int width = out.length;
        for (int i = 1; 2 * i - 1 < width - 1 || (2 * i - 1 < width && width % 2 == 1); i++) {
            int c = pixels[one + i] & 0xff;
            int d = pixels[other + i] & 0xff;
            int sum = a + b + c + d + 8;
            int falling = (sum + 2 * (b + c)) >> 3;
            int rising = (sum + 2 * (a + d)) >> 3;
            out[2 * i - 1] = (falling + a) >> 1;
            if (2 * i < width) {
                out[2 * i] = (rising + c) >> 1;
            }
            a = c;
            b = d;
        }
        if (width % 2 == 0) {
            out[width - 1] = (3 * a + b + 2) >> 2;
        }
    }

    private void row(int y, int[] u, int[] v, byte[] rgb, int from) {
        int at = luma.at(0, y);
        int to = from;
        for (int x = 0; x < u.length; x++, to += 3) {
            int light = ((luma.pixels[at + x] & 0xff) * 19077) >> 8;
            rgb[to] = clip(light + ((v[x] * 26149) >> 8) - 14234);
            rgb[to + 1] = clip(light - ((u[x] * 6419) >> 8) - ((v[x] * 13320) >> 8) + 8708);
            rgb[to + 2] = clip(light + ((u[x] * 33050) >> 8) - 17685);
        }
    }

    private static byte clip(int value) {
        return (byte) (value < 0 ? 0 : Math.min(255, value >> 6));
    }
}
