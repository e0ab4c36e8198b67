package dev.medzoo.serving.work;

import ai.djl.translate.TranslateException;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.translate.NetworkInput;
import dev.medzoo.translate.PictureOptions;
import dev.medzoo.translate.Preparation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What a client wants a finding of. It is prepared by the worker that takes it. */
public interface Picture {
    /**
     * Makes it what the network is given.
     *
     * @throws TranslateException when it is no picture that the model can take
     * @throws RefusedException when the request that should hold it does not
     */
    NetworkInput prepare(Preparation preparation) throws TranslateException, RefusedException;

    /** What the client sent, to be known again by; empty when the request holds no picture. */
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
            public byte[] bytes() {
                return file;
            }
        };
    }

    /** What the client has prepared itself, float32 (3, height, width). */
    static Picture tensor(float[] values) {
        return new Picture() {
            @Override
            public NetworkInput prepare(Preparation preparation) throws TranslateException {
                return preparation.tensor(values);
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
