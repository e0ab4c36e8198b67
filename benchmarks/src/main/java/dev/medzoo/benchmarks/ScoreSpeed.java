package dev.medzoo.benchmarks;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.batch.score.ScoreJob;
import dev.medzoo.batch.score.ScoreOptions;
import dev.medzoo.batch.score.ScoreSession;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Pictures a second of {@code medzoo score}, against the plain loop of {@code medzoo predict} by
 * one thread over the same files, in turns, the order changing with every round. The figure is the
 * ratio of a round for each core; at 1, Spark costs nothing.
 */
public final class ScoreSpeed {
    private static final String MODEL = "pretrained-skin";
    private static final int WARM_UP = 1;
    private static final double NANOS = 1e9;

    private final List<Path> files;
    private final String folder;
    private final String master;
    private final RuntimeChoice runtime;

    private ScoreSpeed(List<Path> files, String folder, String master, RuntimeChoice runtime) {
        this.files = files;
        this.folder = folder;
        this.master = master;
        this.runtime = runtime;
    }

    /** Arguments: the pictures' folder, Spark's master, its cores, the rounds, the runtime. */
    public static void main(String[] args) throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of(args[0]))) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        new ScoreSpeed(files, args[0], args[1], RuntimeChoice.parse(args[4]))
                .measure(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    }

    private void measure(int cores, int rounds) throws Exception {
        double[] plain = new double[rounds];
        double[] spark = new double[rounds];
        double[] ratios = new double[rounds];
        Path work = Files.createTempDirectory("score");
        try (ZooModel<NetworkInput, Finding> model =
                        new MedZoo()
                                .load(
                                        ModelReference.parse(MODEL),
                                        NetworkInput.class,
                                        Finding.class,
                                        runtime,
                                        null);
                SparkSession session = ScoreSession.open(options(work))) {
            for (int round = -WARM_UP; round < rounds; round++) {
                boolean isPlainFirst = round % 2 == 0;
                double first = isPlainFirst ? plain(model) : job(work.resolve("out" + round));
                double second = isPlainFirst ? job(work.resolve("out" + round)) : plain(model);
                if (round >= 0) {
                    plain[round] = isPlainFirst ? first : second;
                    spark[round] = isPlainFirst ? second : first;
                    ratios[round] = spark[round] / plain[round] / cores;
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "| `%s` %s, %s | %s | %s | %s |%n",
                    session.sparkContext().master().replaceFirst(":.*", ""),
                    runtime.word(),
                    files.size(),
                    spread(plain, "%.0f"),
                    spread(spark, "%.0f"),
                    spread(ratios, "%.2f"));
        } finally {
            try (Stream<Path> all = Files.walk(work)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private ScoreOptions options(Path out) {
        return new ScoreOptions(
                ModelReference.parse(MODEL),
                runtime,
                List.of(folder),
                out.toString(),
                PictureOptions.USUAL,
                null,
                null,
                master,
                Map.of());
    }

    private double job(Path out) throws Exception {
        long begin = System.nanoTime();
        new ScoreJob(options(out), (done, all) -> {}).run();
        return files.size() / ((System.nanoTime() - begin) / NANOS);
    }

    private double plain(ZooModel<NetworkInput, Finding> model) throws Exception {
        long begin = System.nanoTime();
        Preparation preparation = Preparation.of(model, new PictureDecoder());
        try (Predictor<NetworkInput, Finding> predictor = model.newPredictor()) {
            for (Path file : files) {
                predictor.predict(preparation.picture(file, PictureOptions.USUAL));
            }
        }
        return files.size() / ((System.nanoTime() - begin) / NANOS);
    }

    private static String spread(double[] values, String format) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%s [%s, %s]".replace("%s", format),
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1]);
    }
}
