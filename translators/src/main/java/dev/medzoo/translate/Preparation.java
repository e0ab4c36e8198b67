package dev.medzoo.translate;

import ai.djl.Model;
import ai.djl.translate.TranslateException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The first half of the way, for who runs it apart from the network: from the bytes of a picture
 * file to {@link NetworkInput}. A predictor of ({@link NetworkInput}, {@link Finding}) is the
 * second half, and both together give the same finding as one that takes the file. Instances are
 * thread safe.
 */
public final class Preparation {
    private final Reading reading;
    private final PictureDecoder decoder;
    private final BooleanSupplier isWanted;

    private Preparation(Reading reading, PictureDecoder decoder, BooleanSupplier isWanted) {
        this.reading = reading;
        this.decoder = decoder;
        this.isWanted = isWanted;
    }

    /**
     * That of a model.
     *
     * @throws TranslateException if the model was not loaded as a medzoo artifact
     */
    public static Preparation of(Model model, PictureDecoder decoder) throws TranslateException {
        return new Preparation(
                FindingTranslatorFactory.translator(model).reading(), decoder, () -> true);
    }

    /**
     * The same for one picture that may become unwanted while it is prepared.
     *
     * @param isWanted as for {@link PictureDecoder#decode(byte[], BooleanSupplier)}
     */
    public Preparation whileWanted(BooleanSupplier isWanted) {
        return new Preparation(reading, decoder, isWanted);
    }

    /** The size of the network's input, in pixels. */
    public InputSize size() {
        return reading.transform().crop();
    }

    /** The classes, in the order of the logits. */
    public List<String> labels() {
        return reading.labels();
    }

    /**
     * Decodes and transforms.
     *
     * @param file the whole of it
     * @throws TranslateException as {@link PictureDecoder#decode(byte[], BooleanSupplier)}
     */
    public NetworkInput picture(byte[] file) throws TranslateException {
        return picture(file, PictureOptions.USUAL);
    }

    /**
     * Decodes and transforms what the options ask for.
     *
     * @param file the whole of it
     * @throws TranslateException as {@link PictureDecoder#decode(byte[], PictureOptions,
     *     BooleanSupplier)}
     */
    public NetworkInput picture(byte[] file, PictureOptions options) throws TranslateException {
        RgbPicture picture = decoder.decode(file, options, isWanted);
        try {
            return new NetworkInput(size(), reading.transform().apply(picture));
        } catch (IllegalArgumentException e) {
            throw new TranslateException("picture: " + e.getMessage(), e);
        }
    }

    /**
     * The same of a file where it lies.
     *
     * @throws TranslateException as there, and if it cannot be read or has over 64 MiB
     */
    public NetworkInput picture(Path file, PictureOptions options) throws TranslateException {
        return picture(PictureBytes.of(file), options);
    }

    /**
     * Takes what a client has transformed itself.
     *
     * @param values float32 (3, height, width)
     * @throws TranslateException when they are too few or too many, or not finite
     */
    public NetworkInput tensor(float[] values) throws TranslateException {
        try {
            return new NetworkInput(size(), values);
        } catch (IllegalArgumentException e) {
            throw new TranslateException(e.getMessage(), e);
        }
    }
}
