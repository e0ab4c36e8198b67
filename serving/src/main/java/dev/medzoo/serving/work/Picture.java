package dev.medzoo.serving.work;

import ai.djl.translate.TranslateException;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.transform.NetworkInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The input of a prediction. The worker that takes it preprocesses it. */
public interface Picture {
    /** Largest absolute value in a preprocessed picture. */
    int LARGEST = 1_000_000;

    /**
     * Preprocesses the picture for the network.
     *
     * @throws TranslateException when the model cannot take the picture
     * @throws RefusedException when the request that should hold it does not
     */
    NetworkInput prepare(Preparation preparation) throws TranslateException, RefusedException;

    /**
     * The picture to be shown, upright, and shrunk where it is larger.
     *
     * @param longest side that it may have, in pixels
     * @throws TranslateException when there is none that can be shown
     * @throws RefusedException when the request that should hold it does not
     */
    RgbPicture shown(Preparation preparation, int longest)
            throws TranslateException, RefusedException;

    /**
     * The bytes that the client sent, for the audit log's hash; empty when the request holds no
     * picture.
     */
    byte[] bytes();

    /** The bytes of a picture file. */
    static Picture file(byte[] file) {
        return file(file, PictureOptions.USUAL);
    }

    /** The bytes of a picture file, and how it is to be read. */
    static Picture file(byte[] file, PictureOptions options) {
        return new Picture() {
            @Override
            public NetworkInput prepare(Preparation preparation) throws TranslateException {
                return preparation.picture(file, options);
            }

            @Override
            public RgbPicture shown(Preparation preparation, int longest)
                    throws TranslateException {
                return preparation.shown(file, options, longest);
            }

            @Override
            public byte[] bytes() {
                return file;
            }
        };
    }

    /**
     * Refuses values far outside the range of normalised pictures, which have one digit before the
     * point. There a float network overflows while an 8-bit one saturates, but the answer must not
     * depend on the runtime.
     */
    private static void checkRange(float[] values) throws TranslateException {
        for (int i = 0; i < values.length; i++) {
            if (Math.abs(values[i]) > LARGEST) {
                throw new TranslateException(
                        "input: %s at %d (expected: -%d..%d, normalised as the artifact says)"
                                .formatted(values[i], i, LARGEST, LARGEST));
            }
        }
    }

    /**
     * A picture that the client has preprocessed.
     *
     * @param values float32 (3, height, width), each at most a million from 0
     */
    static Picture tensor(float[] values) {
        return new Picture() {
            @Override
            public NetworkInput prepare(Preparation preparation) throws TranslateException {
                NetworkInput input = preparation.tensor(values);
                checkRange(values);
                return input;
            }

            @Override
            public RgbPicture shown(Preparation preparation, int longest)
                    throws TranslateException {
                throw new TranslateException("picture: a tensor (expected: a file, to be shown)");
            }

            @Override
            public byte[] bytes() {
                ByteBuffer bytes =
                        ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(values);
                return bytes.array();
            }
        };
    }
}
