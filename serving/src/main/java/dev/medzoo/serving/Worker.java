package dev.medzoo.serving;

import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.Finding;
import dev.medzoo.translate.PictureDecoder;
import dev.medzoo.translate.RgbPicture;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs from a queue and answers them, one at a time, with a predictor of its own. It lives
 * until it is interrupted: no job can end it.
 */
final class Worker implements Runnable {
    private static final Logger logger = LoggerFactory.getLogger(Worker.class);
    private static final int WARM_UP_SIDE = 64;

    private final ZooModel<Image, Finding> model;
    private final String reference;
    private final BlockingQueue<Job> queue;
    private final PictureDecoder decoder = new PictureDecoder();
    private final CompletableFuture<Finding> warm = new CompletableFuture<>();

    /**
     * @param reference of the model, for messages
     */
    Worker(ZooModel<Image, Finding> model, String reference, BlockingQueue<Job> queue) {
        this.model = model;
        this.reference = reference;
        this.queue = queue;
    }

    /** Completed when it has predicted once; failed when it cannot. */
    CompletableFuture<Finding> warm() {
        return warm;
    }

    @Override
    public void run() {
        try (Predictor<Image, Finding> predictor = model.newPredictor()) {
            // On this very thread: the engine settles its number of threads for each caller.
            warm.complete(predictor.predict(warmUpPicture().toImage()));
            while (true) {
                serve(queue.take(), predictor);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            if (!warm.completeExceptionally(e)) {
                logger.error("a worker of {} died", reference, e);
            }
        }
    }

    private void serve(Job job, Predictor<Image, Finding> predictor) {
        if (job.request().isAbandoned()) {
            job.refuse(new Refusal.ClientGone());
            return;
        }
        try {
            Image picture = decode(PictureBody.of(job.request()));
            job.finding().complete(predictor.predict(picture));
        } catch (RefusedException e) {
            job.refuse(e.refusal());
        } catch (OutOfMemoryError e) {
            logger.error("request {}: out of memory", job.request().head().id(), e);
            job.refuse(new Refusal.OutOfMemory());
        } catch (Throwable e) {
            logger.error("request {}: {} failed", job.request().head().id(), reference, e);
            job.refuse(new Refusal.Failed("Prediction failed in model: " + reference));
        }
    }

    private Image decode(byte[] picture) throws RefusedException {
        try {
            return decoder.decode(picture).toImage();
        } catch (TranslateException e) {
            String message = e.getMessage();
            throw new RefusedException(
                    new Refusal.UnreadablePicture(message == null ? "unreadable" : message));
        }
    }

    private static RgbPicture warmUpPicture() {
        byte[] rgb = new byte[3 * WARM_UP_SIDE * WARM_UP_SIDE];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) i;
        }
        return new RgbPicture(WARM_UP_SIDE, WARM_UP_SIDE, rgb);
    }
}
