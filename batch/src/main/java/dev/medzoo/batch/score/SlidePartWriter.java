package dev.medzoo.batch.score;

import ai.djl.ModelException;
import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import dev.medzoo.batch.slide.RegionReader;
import dev.medzoo.batch.slide.SlideReading;
import dev.medzoo.batch.slide.SlideScorer;
import dev.medzoo.batch.slide.TileFindings;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;
import org.jspecify.annotations.Nullable;

/**
 * Scores parts of slides for one thread, each into a file of its own: the same fields, in the same
 * batches, as {@link SlideScorer} does. A field that cannot be read has a row with the reason.
 */
final class SlidePartWriter implements AutoCloseable {
    private final FileSystems files;
    private final OutFolder folder;
    private final ModelSource source;
    private final String run;
    private final SlideReading reading;
    private final Preparation preparation;
    private final Predictor<NetworkInput, Finding> predictor;

    /**
     * @param run that the parts are of: its identity
     */
    SlidePartWriter(
            FileSystems files,
            OutFolder folder,
            ModelSource source,
            String run,
            SlideReading reading)
            throws IOException, ModelException, TranslateException {
        this.files = files;
        this.folder = folder;
        this.source = source;
        this.run = run;
        this.reading = reading;
        ScoringModel model = ScoringModel.of(source);
        preparation = model.preparation();
        predictor = model.newPredictor();
    }

    /** Scores a part; its file is there then. */
    void write(SlidePlan.Part part) throws IOException {
        Path working = folder.working(part.number());
        FindingsFile rows = new FindingsFile(run, SlideRows.SCHEMA);
        try (ParquetWriter<Group> writer = rows.writer(working, files.configuration())) {
            write(part, rows, writer);
        }
        folder.commit(working, part.number());
    }

    private void write(SlidePlan.Part part, FindingsFile rows, ParquetWriter<Group> writer)
            throws IOException {
        String file = part.head().file().location();
        String error = part.head().error();
        if (error == null) {
            try (OpenedSlide opened = OpenedSlide.of(part.head(), part.slide(), reading, folder)) {
                write(part, opened, rows, writer);
                return;
            } catch (UnreadSlideException e) {
                error = e.reason();
            }
        }
        // A slide that cannot be read has one row, however many parts it has.
        if (part.fromRow() == 0) {
            writer.write(SlideRows.unread(file, error, source));
            rows.count(new ScoredPicture(file, null, null, null, error));
        }
    }

    private void write(
            SlidePlan.Part part, OpenedSlide opened, FindingsFile rows, ParquetWriter<Group> writer)
            throws IOException {
        TileFindings fields =
                SlideScorer.fields(
                        preparation.labels(),
                        opened.tissue(),
                        opened.grid(),
                        reading.leastTissue(),
                        part.fromRow(),
                        part.toRow());
        RegionReader reader = new RegionReader(opened.slide(), opened.grid().number());
        for (List<Integer> band : SlideScorer.bands(fields, opened.grid())) {
            for (int from = 0; from < band.size(); from += SlideScorer.BATCH) {
                List<Integer> batch =
                        band.subList(from, Math.min(band.size(), from + SlideScorer.BATCH));
                List<Read> read = read(batch, fields, opened, reader);
                List<@Nullable Finding> found = found(read);
                for (int i = 0; i < batch.size(); i++) {
                    int field = batch.get(i);
                    ScoredPicture scored =
                            new ScoredPicture(
                                    part.head().file().location(),
                                    null,
                                    null,
                                    found.get(i),
                                    found.get(i) == null ? error(read.get(i)) : null);
                    writer.write(
                            SlideRows.field(
                                    scored,
                                    opened.grid(),
                                    fields.column(field),
                                    fields.row(field),
                                    fields.tissue(field),
                                    source));
                    rows.count(scored);
                }
            }
        }
    }

    private record Read(@Nullable NetworkInput input, @Nullable String error) {}

    private static String error(Read read) {
        return read.error() == null
                ? "field: the network failed (expected: a finding)"
                : read.error();
    }

    private List<Read> read(
            List<Integer> batch, TileFindings fields, OpenedSlide opened, RegionReader reader)
            throws IOException {
        List<Read> all = new ArrayList<>();
        for (int field : batch) {
            try {
                all.add(
                        new Read(
                                new NetworkInput(
                                        preparation.size(),
                                        preparation
                                                .transform()
                                                .apply(
                                                        SlideScorer.field(
                                                                reader,
                                                                opened.grid(),
                                                                fields.column(field),
                                                                fields.row(field)))),
                                null));
            } catch (IOException | RuntimeException e) {
                all.add(new Read(null, UnreadSlideException.of(e).reason()));
            }
        }
        return all;
    }

    /** What the network says of each; null where there is none. */
    private List<@Nullable Finding> found(List<Read> read) {
        List<NetworkInput> inputs = new ArrayList<>();
        for (Read each : read) {
            if (each.input() != null) {
                inputs.add(each.input());
            }
        }
        List<@Nullable Finding> findings = new ArrayList<>(predicted(inputs));
        List<@Nullable Finding> all = new ArrayList<>();
        int next = 0;
        for (Read each : read) {
            all.add(each.input() == null ? null : findings.get(next++));
        }
        return all;
    }

    /** One on which the network fails does not take the others of its batch with it. */
    private List<? extends @Nullable Finding> predicted(List<NetworkInput> inputs) {
        if (inputs.isEmpty()) {
            return List.of();
        }
        try {
            return predictor.batchPredict(inputs);
        } catch (TranslateException e) {
            return inputs.stream().map(this::alone).toList();
        }
    }

    private @Nullable Finding alone(NetworkInput input) {
        try {
            return predictor.predict(input);
        } catch (TranslateException e) {
            return null;
        }
    }

    @Override
    public void close() {
        predictor.close();
    }
}
