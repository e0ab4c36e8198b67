package dev.medzoo.batch.slide;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.Interpolation;
import dev.medzoo.translate.transform.NetworkInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Computes a finding for every field of a slide that has tissue. A field is read from its level and
 * brought to the size of a training picture; from there on it goes the way of any picture. Several
 * threads work on bands of the slide; each keeps a few decoded tiles and nothing more.
 */
public final class SlideScorer {
    /** Fields that the network gets at once. */
    public static final int BATCH = 32;

    private final ZooModel<NetworkInput, Finding> model;
    private final Preparation preparation;
    private final int threads;

    /**
     * @param model that is used; must stay open
     * @param threads that work at once, at least 1
     * @throws TranslateException if the model was not loaded as a medzoo artifact
     */
    public SlideScorer(ZooModel<NetworkInput, Finding> model, int threads)
            throws TranslateException {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads + " (expected: at least 1)");
        }
        this.model = model;
        this.threads = threads;
        preparation = Preparation.of(model, new PictureDecoder());
    }

    /**
     * Scores the fields with enough tissue.
     *
     * @param leastTissue share of a field, in (0, 1], from which it is scored
     * @throws SlideException if a tile that is needed cannot be decoded
     * @throws TranslateException if the network fails
     */
    public TileFindings score(
            Slide slide,
            TileGrid grid,
            TissueMap tissue,
            double leastTissue,
            SlideProgress progress)
            throws IOException, TranslateException {
        TileFindings findings = fields(preparation.labels(), tissue, grid, leastTissue);
        List<List<Integer>> bands = bands(findings, grid);
        Job job = new Job(slide, grid, findings, new Counter(findings.count(), progress));
        AtomicInteger next = new AtomicInteger();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Boolean>> parts = new ArrayList<>();
            for (int i = 0; i < Math.min(threads, bands.size()); i++) {
                parts.add(workers.submit(() -> work(job, bands, next)));
            }
            for (Future<Boolean> part : parts) {
                part.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("scoring of " + slide.path() + " was interrupted", e);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } finally {
            // One that failed ends the others at their next band.
            next.set(bands.size());
            workers.shutdownNow();
        }
        return findings;
    }

    /**
     * The fields to score, row by row, without findings yet.
     *
     * @param labels of the model
     * @param leastTissue share of a field, in (0, 1], from which it is scored
     */
    public static TileFindings fields(
            List<String> labels, TissueMap tissue, TileGrid grid, double leastTissue) {
        return fields(labels, tissue, grid, leastTissue, 0, grid.rows());
    }

    /**
     * The fields to score of some rows.
     *
     * @param fromRow the first
     * @param toRow that comes after the last
     */
    public static TileFindings fields(
            List<String> labels,
            TissueMap tissue,
            TileGrid grid,
            double leastTissue,
            int fromRow,
            int toRow) {
        int[] tiles =
                IntStream.range(grid.columns() * fromRow, grid.columns() * toRow)
                        .filter(i -> tissue.share(column(i, grid), row(i, grid)) >= leastTissue)
                        .toArray();
        int[] columns = new int[tiles.length];
        int[] rows = new int[tiles.length];
        float[] shares = new float[tiles.length];
        for (int i = 0; i < tiles.length; i++) {
            columns[i] = column(tiles[i], grid);
            rows[i] = row(tiles[i], grid);
            shares[i] = (float) tissue.share(columns[i], rows[i]);
        }
        return new TileFindings(labels, columns, rows, shares);
    }

    private static int column(int tile, TileGrid grid) {
        return tile % grid.columns();
    }

    private static int row(int tile, TileGrid grid) {
        return tile / grid.columns();
    }

    /** Rows of fields in a band, which is as high as a tile of the file. */
    public static int bandRows(TileGrid grid) {
        return (int) Math.max(1, Math.ceil(grid.level().tileHeight() / grid.step()));
    }

    /**
     * Groups the fields so that few tiles of the file are needed at a time: bands as high as a
     * tile, each from left to right.
     */
    public static List<List<Integer>> bands(TileFindings findings, TileGrid grid) {
        int rows = bandRows(grid);
        TreeMap<Integer, List<Integer>> bands = new TreeMap<>();
        for (int i = 0; i < findings.count(); i++) {
            bands.computeIfAbsent(findings.row(i) / rows, key -> new ArrayList<>()).add(i);
        }
        bands.values().forEach(band -> band.sort(Comparator.comparingInt(findings::column)));
        return List.copyOf(bands.values());
    }

    private record Job(Slide slide, TileGrid grid, TileFindings findings, Counter counter) {}

    /** Works on bands until none is left. */
    private boolean work(Job job, List<List<Integer>> bands, AtomicInteger next)
            throws IOException, TranslateException {
        RegionReader reader = new RegionReader(job.slide(), job.grid().number());
        try (Predictor<NetworkInput, Finding> predictor = model.newPredictor()) {
            for (int i = next.getAndIncrement(); i < bands.size(); i = next.getAndIncrement()) {
                List<Integer> band = bands.get(i);
                for (int from = 0; from < band.size(); from += BATCH) {
                    List<Integer> batch = band.subList(from, Math.min(band.size(), from + BATCH));
                    score(job, batch, reader, predictor);
                    job.counter().add(batch.size());
                }
            }
        } catch (IOException | TranslateException | RuntimeException e) {
            next.set(bands.size());
            throw e;
        }
        return true;
    }

    private void score(
            Job job,
            List<Integer> batch,
            RegionReader reader,
            Predictor<NetworkInput, Finding> predictor)
            throws IOException, TranslateException {
        List<NetworkInput> inputs = new ArrayList<>();
        for (int tile : batch) {
            RgbPicture field =
                    field(
                            reader,
                            job.grid(),
                            job.findings().column(tile),
                            job.findings().row(tile));
            inputs.add(new NetworkInput(preparation.size(), preparation.transform().apply(field)));
        }
        List<Finding> found = predictor.batchPredict(inputs);
        for (int i = 0; i < found.size(); i++) {
            job.findings().set(batch.get(i), found.get(i));
        }
    }

    /** Reads a field at the size of a training picture. */
    public static RgbPicture field(RegionReader reader, TileGrid grid, int column, int row)
            throws IOException {
        RgbPicture region = reader.read(grid.x(column), grid.y(row), grid.side(), grid.side());
        int side = grid.scale().side();
        return grid.side() == side
                ? region
                : Interpolation.BILINEAR.resize(region, InputSize.square(side));
    }

    private static IOException rethrown(@Nullable Throwable cause)
            throws IOException, TranslateException {
        if (cause instanceof IOException e) {
            throw e;
        }
        if (cause instanceof TranslateException e) {
            throw e;
        }
        if (cause instanceof RuntimeException e) {
            throw e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        return new IOException(String.valueOf(cause), cause);
    }

    /** Counts the fields that are done, for whoever watches. */
    private static final class Counter {
        private final int all;
        private final SlideProgress progress;
        private int done;

        Counter(int all, SlideProgress progress) {
            this.all = all;
            this.progress = progress;
        }

        synchronized void add(int count) {
            done += count;
            progress.update(done, all);
        }
    }
}
