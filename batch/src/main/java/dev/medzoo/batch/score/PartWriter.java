package dev.medzoo.batch.score;

import dev.medzoo.translate.decode.PictureOptions;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * Scores parts for one thread, each into a file of its own. A part that two tasks score, one of
 * them late or thought lost, has one file in the end: both write the same rows, and the file's name
 * is the part's.
 */
final class PartWriter implements AutoCloseable {
    /** Pictures of a batch together have at most so many bytes, or it is of one. */
    private static final long MOST_BYTES = 64L << 20;

    private final FileSystems files;
    private final OutFolder folder;
    private final ModelSource source;
    private final String run;
    private final PictureScorer scorer;

    /**
     * A part and its number, which is that of its file.
     *
     * @param number from 0
     */
    record Numbered(int number, InputPart part) implements Serializable {}

    /**
     * @param run that the parts are of: its identity
     * @param reading of pictures
     */
    PartWriter(
            FileSystems files,
            OutFolder folder,
            ModelSource source,
            ScoringModel model,
            String run,
            ScoreRun.Reading reading) {
        this.files = files;
        this.folder = folder;
        this.source = source;
        this.run = run;
        Integer frame = reading.frame();
        scorer =
                new PictureScorer(
                        model,
                        new PictureOptions(
                                frame == null ? OptionalInt.empty() : OptionalInt.of(frame),
                                reading.burnedIn()));
    }

    /** Scores a part; its file is there then. */
    void write(Numbered part) throws IOException {
        Path working = folder.working(part.number());
        write(part.part(), working);
        folder.commit(working, part.number());
    }

    private void write(InputPart part, Path file) throws IOException {
        FindingsFile findings = new FindingsFile(run, FindingRows.SCHEMA);
        try (SourcePictures pictures = SourcePictures.open(part, files);
                ParquetWriter<Group> writer = findings.writer(file, files.configuration())) {
            List<SourcePicture> batch = new ArrayList<>();
            long bytes = 0;
            for (SourcePicture next = pictures.next(); next != null; next = pictures.next()) {
                batch.add(next);
                byte[] read = next.bytes();
                bytes += read == null ? 0 : read.length;
                if (batch.size() == PictureScorer.BATCH || bytes > MOST_BYTES) {
                    flush(batch, findings, writer);
                    bytes = 0;
                }
            }
            flush(batch, findings, writer);
            findings.passedOver(pictures.passedOver());
        }
    }

    private void flush(
            List<SourcePicture> batch, FindingsFile findings, ParquetWriter<Group> writer)
            throws IOException {
        for (ScoredPicture scored : scorer.score(batch)) {
            writer.write(FindingRows.row(scored, source));
            findings.count(scored);
        }
        batch.clear();
    }

    @Override
    public void close() {
        scorer.close();
    }
}
