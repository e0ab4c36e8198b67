package dev.medzoo.training.data;

import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.translate.transform.Transform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Decodes, augments and transforms pictures on background threads, a few batches ahead of the
 * network. The result depends only on the seed, not on thread timing.
 */
public final class BatchLoader implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int BATCHES_AHEAD = 4;

    private final ExecutorService threads =
            Executors.newFixedThreadPool(
                    THREADS,
                    task -> {
                        Thread thread = new Thread(task, "picture-loader");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final PictureReader reader;
    private final Transform transform;

    public BatchLoader(PictureReader reader, Transform transform) {
        this.reader = reader;
        this.transform = transform;
    }

    /** The transform of the pictures. */
    public Transform transform() {
        return transform;
    }

    /** Pictures ready for the network. */
    public static final class Batch {
        /** float32 (batch, 3, height, width), normalised. */
        public final float[] inputs;

        public final List<LabelledPicture> pictures;

        public Batch(float[] inputs, List<LabelledPicture> pictures) {
            this.inputs = inputs;
            this.pictures = pictures;
        }

        public int size() {
            return pictures.size();
        }
    }

    /**
     * Returns batches in the order of the pictures; the last may be smaller.
     *
     * @param seed of the augmentation: it and n determine the changes of the n-th picture
     */
    public Iterable<Batch> batches(
            List<LabelledPicture> pictures, int batchSize, Augmentation augmentation, long seed) {
        return () ->
                new Iterator<>() {
                    private final Queue<Future<Batch>> ahead = new ArrayDeque<>();
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < pictures.size() || !ahead.isEmpty();
                    }

                    @Override
                    public Batch next() {
                        while (next < pictures.size() && ahead.size() < BATCHES_AHEAD) {
                            int from = next;
                            int to = Math.min(from + batchSize, pictures.size());
                            ahead.add(
                                    threads.submit(
                                            () ->
                                                    load(
                                                            pictures.subList(from, to),
                                                            augmentation,
                                                            seed + from)));
                            next = to;
                        }
                        Future<Batch> first = ahead.poll();
                        if (first == null) {
                            throw new NoSuchElementException("no batch is left");
                        }
                        return await(first);
                    }
                };
    }

    private Batch load(List<LabelledPicture> pictures, Augmentation augmentation, long seed)
            throws Exception {
        int each = 3 * transform.crop().width() * transform.crop().height();
        float[] inputs = new float[each * pictures.size()];
        for (int i = 0; i < pictures.size(); i++) {
            float[] chw =
                    augmentation.equals(Augmentation.none())
                            ? reader.input(pictures.get(i), transform)
                            : augmented(pictures.get(i), augmentation, seed + i);
            System.arraycopy(chw, 0, inputs, i * each, each);
        }
        return new Batch(inputs, List.copyOf(pictures));
    }

    private float[] augmented(LabelledPicture picture, Augmentation augmentation, long seed)
            throws IOException {
        Random random = new Random(0x9E3779B97F4A7C15L * seed);
        return transform.apply(augmentation.apply(reader.read(picture), random));
    }

    private static Batch await(Future<Batch> batch) {
        try {
            return batch.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a batch was loading", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new UncheckedIOException(new IOException(cause.getMessage(), cause));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
