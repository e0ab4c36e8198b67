package dev.medzoo.serving.oip;

import dev.medzoo.translate.PictureOptions;

/** One picture of a request, not yet looked into. The arrays are handed over, not copied. */
public sealed interface OipPicture {
    /** A picture file. */
    final class Encoded implements OipPicture {
        private final byte[] file;
        private final PictureOptions options;

        public Encoded(byte[] file, PictureOptions options) {
            this.file = file;
            this.options = options;
        }

        /** The whole of it, itself and not a copy. */
        public byte[] file() {
            return file;
        }

        /** How it is to be read. */
        public PictureOptions options() {
            return options;
        }
    }

    /** What a client has transformed itself. */
    final class Tensor implements OipPicture {
        private final float[] values;

        public Tensor(float[] values) {
            this.values = values;
        }

        /** Float32 (3, height, width), normalised as the model expects; itself and not a copy. */
        public float[] values() {
            return values;
        }
    }
}
