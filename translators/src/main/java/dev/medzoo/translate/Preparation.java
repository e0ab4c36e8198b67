package dev.medzoo.translate;

import ai.djl.Model;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.ModelIdentity;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.translate.transform.ShownPicture;
import dev.medzoo.translate.transform.Transform;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Pre-processing apart from the network: decodes and transforms a picture file to a {@link
 * NetworkInput}. A predictor of ({@link NetworkInput}, {@link Finding}) does the rest. Both
 * together give the same finding as a predictor that takes the file. Instances are thread safe.
 */
public final class Preparation {
    private final ModelIdentity model;
    private final Reading reading;
    private final PictureDecoder decoder;
    private final BooleanSupplier isWanted;

    private Preparation(
            ModelIdentity model,
            Reading reading,
            PictureDecoder decoder,
            BooleanSupplier isWanted) {
        this.model = model;
        this.reading = reading;
        this.decoder = decoder;
        this.isWanted = isWanted;
    }

    /**
     * Creates the pre-processing of a model.
     *
     * @throws TranslateException if the model was not loaded as a medzoo artifact
     */
    public static Preparation of(Model model, PictureDecoder decoder) throws TranslateException {
        FindingTranslator translator = FindingTranslatorFactory.translator(model);
        return new Preparation(translator.model(), translator.reading(), decoder, () -> true);
    }

    /**
     * Returns a copy for one picture whose request may be cancelled during preparation.
     *
     * @param isWanted as for {@link PictureDecoder#decode(byte[], BooleanSupplier)}
     */
    public Preparation whileWanted(BooleanSupplier isWanted) {
        return new Preparation(model, reading, decoder, isWanted);
    }

    /** The model that the pictures are prepared for. */
    public ModelIdentity model() {
        return model;
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
     * @param file all its bytes
     * @throws TranslateException as {@link PictureDecoder#decode(byte[], BooleanSupplier)}
     */
    public NetworkInput picture(byte[] file) throws TranslateException {
        return picture(file, PictureOptions.USUAL);
    }

    /**
     * Decodes and transforms the frame that the options select.
     *
     * @param file all its bytes
     * @throws TranslateException as {@link PictureDecoder#decode(byte[], PictureOptions,
     *     BooleanSupplier)}
     */
    public NetworkInput picture(byte[] file, PictureOptions options) throws TranslateException {
        return NetworkInput.of(file, decoder, options, reading.transform(), isWanted);
    }

    /**
     * Reads, decodes and transforms a file.
     *
     * @throws TranslateException as there, and if it cannot be read or has over 64 MiB
     */
    public NetworkInput picture(Path file, PictureOptions options) throws TranslateException {
        return picture(PictureBytes.of(file), options);
    }

    /** How a picture becomes the network's input. */
    public Transform transform() {
        return reading.transform();
    }

    /**
     * Decodes a picture for display: upright, and shrunk if it is larger than {@code longest}.
     *
     * @param file all its bytes
     * @param longest side of the result, in pixels
     * @throws TranslateException as {@link #picture(byte[], PictureOptions)}
     */
    public RgbPicture shown(byte[] file, PictureOptions options, int longest)
            throws TranslateException {
        return ShownPicture.of(decoder, file, options, longest, isWanted);
    }

    /**
     * Reads the identifiers of a DICOM file's instance and patient, for a report on it.
     *
     * @param file all its bytes
     * @throws TranslateException as {@link PictureDecoder#source}
     */
    public SourceInstance source(byte[] file) throws TranslateException {
        return decoder.source(file);
    }

    /**
     * Accepts an input tensor that the client has transformed itself.
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
