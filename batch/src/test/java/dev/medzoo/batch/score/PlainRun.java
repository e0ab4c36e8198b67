package dev.medzoo.batch.score;

import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * A run without Spark, by one thread: the same parts, files and names.
 *
 * @param files that it reads and writes
 * @param source of the model
 * @param run that was begun
 * @param folder that it writes into
 * @param parts of its input
 */
record PlainRun(
        FileSystems files,
        ModelSource source,
        ScoreRun run,
        OutFolder folder,
        List<PartWriter.Numbered> parts) {

    /** Begins a run over a folder of pictures, or goes on with it. */
    static PlainRun begin(Path pictures, Path out)
            throws IOException, ModelException, TranslateException {
        FileSystems files = new FileSystems(new Configuration());
        ModelSource source =
                ScoringModel.resolve(ModelReference.parse("pretrained-skin"), RuntimeChoice.ONNX);
        InputPlan plan =
                InputPlan.of(
                        InputFiles.list(List.of(pictures.toString()), files), files, null, null);
        ScoreRun run =
                new ScoreRun(
                        Finding.NOTICE,
                        source.name(),
                        source.version(),
                        source.digest(),
                        source.runtime(),
                        new ScoreRun.Reading(null, false),
                        List.of(),
                        plan.describe(),
                        plan.parts().size(),
                        plan.digest(),
                        null);
        OutFolder folder = new OutFolder(out.toString(), files);
        folder.begin(run);
        List<PartWriter.Numbered> parts = new ArrayList<>();
        for (int i = 0; i < plan.parts().size(); i++) {
            parts.add(new PartWriter.Numbered(i, plan.parts().get(i)));
        }
        return new PlainRun(files, source, run, folder, parts);
    }

    List<@Nullable PartCounts> done() {
        return folder.done(parts.size(), run.identity());
    }

    PartWriter writer() throws IOException, ModelException, TranslateException {
        return new PartWriter(
                files, folder, source, ScoringModel.of(source), run.identity(), run.reading());
    }

    /** Scores what is left. Prints a line once it begins, for whoever wants to kill it. */
    public static void main(String[] args) throws Exception {
        PlainRun run = begin(Path.of(args[0]), Path.of(args[1]));
        List<@Nullable PartCounts> done = run.done();
        System.out.println("begun");
        try (PartWriter writer = run.writer()) {
            for (PartWriter.Numbered part : run.parts()) {
                if (done.get(part.number()) == null) {
                    writer.write(part);
                }
            }
        }
    }
}
