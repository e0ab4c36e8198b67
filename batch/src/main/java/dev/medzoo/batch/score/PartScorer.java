package dev.medzoo.batch.score;

import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** A task of Spark: writes parts with the model that its process has loaded once. */
final class PartScorer implements FlatMapFunction<Iterator<PartWriter.Numbered>, Integer> {
    private static final long serialVersionUID = 1;

    private final ModelSource source;
    private final String out;
    private final String run;
    private final @Nullable Integer frame;
    private final boolean burnedIn;
    private final Broadcast<SerializableConfiguration> configuration;

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
    public Iterator<Integer> call(Iterator<PartWriter.Numbered> parts)
            throws IOException, ModelException, TranslateException {
        FileSystems files = new FileSystems(configuration.value().value());
        List<Integer> done = new ArrayList<>();
        try (PartWriter writer =
                new PartWriter(
                        files,
                        new OutFolder(out, files),
                        source,
                        ScoringModel.of(source),
                        run,
                        new ScoreRun.Reading(frame, burnedIn))) {
            while (parts.hasNext()) {
                PartWriter.Numbered part = parts.next();
                writer.write(part);
                done.add(part.number());
            }
        }
        return done.iterator();
    }
}
