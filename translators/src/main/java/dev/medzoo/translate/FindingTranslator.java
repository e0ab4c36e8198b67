package dev.medzoo.translate;

import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.Domain;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.ModelIdentity;
import dev.medzoo.translate.finding.OutOfDistribution;
import dev.medzoo.translate.finding.PictureStatistics;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.translate.transform.Transform;
import java.awt.image.BufferedImage;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Translates a picture to a finding. The network takes float32 (batch, 3, height, width). Its first
 * output is the logits, float32 (batch, classes). Its second output, if any, is the pooled
 * features, float32 (batch, channels), which detect out-of-distribution pictures.
 *
 * <p>Instances are thread safe.
 */
final class FindingTranslator implements Translator<Image, Finding> {
    private static final Batchifier BATCHIFIER = new FloatBatchifier();

    private final ModelIdentity model;
    private final Reading reading;

    FindingTranslator(ModelIdentity model, Reading reading) {
        this.model = model;
        this.reading = reading;
    }

    ModelIdentity model() {
        return model;
    }

    Reading reading() {
        return reading;
    }

    @Override
    public Batchifier getBatchifier() {
        return BATCHIFIER;
    }

    @Override
    public NDList processInput(TranslatorContext ctx, Image image) {
        Transform transform = reading.transform();
        float[] values = transform.apply(pixels(ctx, image));
        return input(ctx, new NetworkInput(transform.crop(), values));
    }

    /** The network's input for the bytes of a picture file. */
    NetworkInput prepared(PictureDecoder decoder, byte[] file) throws TranslateException {
        return NetworkInput.of(
                file, decoder, PictureOptions.USUAL, reading.transform(), () -> true);
    }

    /** Converts a network input to an array: float32 (3, height, width). */
    NDList input(TranslatorContext ctx, NetworkInput prepared) {
        Domain domain = reading.domain();
        if (domain != null && domain.checks() != null) {
            statistics(ctx).add(PictureStatistics.of(prepared, reading.transform()));
        }
        Shape shape = new Shape(3, prepared.size().height(), prepared.size().width());
        return new NDList(ctx.getNDManager().create(prepared.values(), shape));
    }

    @Override
    public Finding processOutput(TranslatorContext ctx, NDList outputs) throws NotFiniteException {
        return Finding.of(model, reading, finite(outputs.get(0)), judged(ctx, outputs));
    }

    private static float[] finite(NDArray array) throws NotFiniteException {
        float[] numbers = array.toFloatArray();
        for (float each : numbers) {
            if (!Float.isFinite(each)) {
                throw new NotFiniteException();
            }
        }
        return numbers;
    }

    private @Nullable OutOfDistribution judged(TranslatorContext ctx, NDList outputs)
            throws NotFiniteException {
        Domain domain = reading.domain();
        if (domain == null) {
            return null;
        }
        PictureStatistics picture = domain.checks() == null ? null : statistics(ctx).remove();
        return outputs.size() < 2 ? null : domain.judge(finite(outputs.get(1)), picture);
    }

    private static RgbPicture pixels(TranslatorContext ctx, Image image) {
        if (image.getWrappedImage() instanceof BufferedImage drawn) {
            return RgbPicture.of(drawn);
        }
        // An image of another picture library: all of them give uint8 (height, width, 3), RGB.
        try (NDArray pixels = image.toNDArray(ctx.getNDManager(), Image.Flag.COLOR)) {
            Shape shape = pixels.getShape();
            return new RgbPicture((int) shape.get(1), (int) shape.get(0), pixels.toByteArray());
        }
    }

    /** Statistics of each picture of a batch. */
    private static Queue<PictureStatistics> statistics(TranslatorContext ctx) {
        return BatchQueue.of(ctx, "statistics");
    }
}
