package dev.medzoo.translate;

import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import java.awt.image.BufferedImage;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The whole way: a picture in, a finding out. The network between is given float32 (batch, 3,
 * height, width) and gives logits, float32 (batch, classes), first among its outputs. Second, if it
 * gives more, are the pooled features, float32 (batch, channels), that tell a picture of another
 * kind.
 *
 * <p>Instances are thread safe.
 */
final class FindingTranslator implements Translator<Image, Finding> {
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
        return Batchifier.STACK;
    }

    @Override
    public NDList processInput(TranslatorContext ctx, Image image) {
        return input(ctx, pixels(ctx, image));
    }

    /** The network's input for one picture: float32 (3, height, width). */
    NDList input(TranslatorContext ctx, RgbPicture picture) {
        Transform transform = reading.transform();
        return input(ctx, new NetworkInput(transform.crop(), transform.apply(picture)));
    }

    /** The same for one that is prepared. */
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
        // Another picture library: uint8 (height, width, 3), RGB, is what they all can give.
        try (NDArray pixels = image.toNDArray(ctx.getNDManager(), Image.Flag.COLOR)) {
            Shape shape = pixels.getShape();
            return new RgbPicture((int) shape.get(1), (int) shape.get(0), pixels.toByteArray());
        }
    }

    /** What the pictures of a batch look like. */
    private static Queue<PictureStatistics> statistics(TranslatorContext ctx) {
        return BatchQueue.of(ctx, "statistics");
    }
}
