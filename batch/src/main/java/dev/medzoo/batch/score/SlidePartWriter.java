package dev.medzoo.batch.score;

import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import dev.medzoo.batch.slide.RegionReader;
import dev.medzoo.batch.slide.SlideReading;
import dev.medzoo.batch.slide.SlideScorer;
import dev.medzoo.batch.slide.TileFindings;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.transform.NetworkInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;

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
    private final BatchPredictor predictor;

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
        predictor = new BatchPredictor(model);
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
            ScoredPicture slide = new ScoredPicture(file, null, null, null, error);
            writer.write(SlideRows.unread(slide, source));
            rows.count(slide);
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
                List<BatchPredictor.Answer> answers =
                        predictor.predict(prepared(batch, fields, opened, reader));
                for (int i = 0; i < batch.size(); i++) {
                    int field = batch.get(i);
                    ScoredPicture scored =
                            new ScoredPicture(
                                    part.head().file().location(),
                                    null,
                                    null,
                                    answers.get(i).finding(),
                                    answers.get(i).error());
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

    private List<BatchPredictor.Prepared> prepared(
            List<Integer> batch, TileFindings fields, OpenedSlide opened, RegionReader reader)
            throws IOException {
        List<BatchPredictor.Prepared> all = new ArrayList<>();
        for (int field : batch) {
            try {
                RgbPicture picture =
                        SlideScorer.field(
                                reader, opened.grid(), fields.column(field), fields.row(field));
                all.add(
                        new BatchPredictor.Prepared(
                                new NetworkInput(
                                        preparation.size(), preparation.transform().apply(picture)),
                                null));
            } catch (IOException | RuntimeException e) {
                all.add(new BatchPredictor.Prepared(null, UnreadSlideException.of(e).reason()));
            }
        }
        return all;
    }

    @Override
    public void close() {
        predictor.close();
    }
}
