package dev.medzoo.batch.score;

import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.PictureOptions;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * A task: scores parts, each into a file of its own. A part that two tasks score, one of them late
 * or thought lost, has one file in the end: both write the same rows, and the file's name is the
 * part's.
 */
final class PartScorer implements FlatMapFunction<Iterator<PartScorer.Numbered>, Integer> {
    private static final long serialVersionUID = 1;

    /** Pictures of a batch together have at most so many bytes, or it is of one. */
    private static final long MOST_BYTES = 64L << 20;

    private final ModelSource source;
    private final String out;
    private final String run;
    private final @Nullable Integer frame;
    private final boolean burnedIn;
    private final Broadcast<SerializableConfiguration> configuration;

    /**
     * A part and its number, which is that of its file.
     *
     * @param number from 0
     */
    record Numbered(int number, InputPart part) implements Serializable {}

    PartScorer(
            ModelSource source,
            String out,
            ScoreRun run,
            Broadcast<SerializableConfiguration> configuration) {
        this.source = source;
        this.out = out;
        this.run = run.identity();
        this.frame = run.reading().frame();
        this.burnedIn = run.reading().burnedIn();
        this.configuration = configuration;
    }

    /** Returns the numbers of the parts, all of which are committed then. */
    @Override
    public Iterator<Integer> call(Iterator<Numbered> parts)
            throws IOException, ModelException, TranslateException {
        FileSystems files = new FileSystems(configuration.value().value());
        OutFolder folder = new OutFolder(out, files);
        ScoringModel model = ScoringModel.of(source);
        PictureOptions options =
                new PictureOptions(
                        frame == null ? OptionalInt.empty() : OptionalInt.of(frame), burnedIn);
        List<Integer> done = new ArrayList<>();
        try (PictureScorer scorer = new PictureScorer(model, options)) {
            while (parts.hasNext()) {
                Numbered part = parts.next();
                Path working = folder.working(part.number());
                write(part.part(), files, scorer, working);
                folder.commit(working, part.number());
                done.add(part.number());
            }
        }
        return done.iterator();
    }

    private void write(InputPart part, FileSystems files, PictureScorer scorer, Path file)
            throws IOException {
        FindingsFile footer = new FindingsFile(run);
        try (SourcePictures pictures = SourcePictures.open(part, files);
                ParquetWriter<Group> writer = footer.writer(file, files.configuration())) {
            List<SourcePicture> batch = new ArrayList<>();
            long bytes = 0;
            for (SourcePicture next = pictures.next(); next != null; next = pictures.next()) {
                batch.add(next);
                byte[] read = next.bytes();
                bytes += read == null ? 0 : read.length;
                if (batch.size() == PictureScorer.BATCH || bytes > MOST_BYTES) {
                    flush(batch, scorer, footer, writer);
                    bytes = 0;
                }
            }
            flush(batch, scorer, footer, writer);
            footer.passedOver(pictures.passedOver());
        }
    }

    private void flush(
            List<SourcePicture> batch,
            PictureScorer scorer,
            FindingsFile footer,
            ParquetWriter<Group> writer)
            throws IOException {
        for (ScoredPicture scored : scorer.score(batch)) {
            writer.write(FindingRows.row(scored, source));
            footer.count(scored);
        }
        batch.clear();
    }
}
