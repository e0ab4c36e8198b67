package dev.medzoo.translate.transform;

import dev.medzoo.translate.decode.RgbPicture;

/**
 * Resampling filters. Both are antialiased like Pillow's: the filter widens when a picture shrinks.
 */
public enum Interpolation {
    /** The triangle filter. */
    BILINEAR(1) {
        @Override
        double weight(double x) {
            return Math.max(0, 1 - Math.abs(x));
        }
    },

    /** Keys' cubic filter with a = -0.5 (Keys 1981), sharper than the triangle filter. */
    BICUBIC(2) {
        @Override
        double weight(double x) {
            double d = Math.abs(x);
            if (d < 1) {
                return (1.5 * d - 2.5) * d * d + 1;
            }
            return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
        }
    };

    /** Resizes a picture, bit for bit as Pillow's {@code resize}. */
    public RgbPicture resize(RgbPicture picture, InputSize size) {
        return Resampler.resize(picture, size, this);
    }

    /** Half the width of the filter, in pixels of the coarser picture. */
    final double support;

    Interpolation(double support) {
        this.support = support;
    }

    /** The filter at a distance from its centre, in pixels of the coarser picture. */
    abstract double weight(double x);
}
