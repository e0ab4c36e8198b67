package dev.medzoo.batch.score;

import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to score, with which model, and where to write the findings.
 *
 * @param model that scores
 * @param runtime of its network
 * @param in files, folders or globs, local or of any file system that Hadoop knows; at least one
 * @param out folder of the findings: new, or of a run of the same model over the same pictures
 * @param reading how pictures are decoded
 * @param column of Parquet files with the pictures' bytes, perhaps {@code struct.field}; null for
 *     the usual ones
 * @param nameColumn with the pictures' names; null for the usual ones, if there
 * @param master of Spark, such as {@code local[*]}; null for what the settings say
 * @param settings of Spark
 */
public record ScoreOptions(
        ModelReference model,
        RuntimeChoice runtime,
        List<String> in,
        String out,
        PictureOptions reading,
        @Nullable String column,
        @Nullable String nameColumn,
        @Nullable String master,
        Map<String, String> settings) {
    private static final Pattern MASTER =
            Pattern.compile("local(\\[[^\\]]+])?|spark://.+:\\d+|yarn|k8s://.+");

    public ScoreOptions {
        in = List.copyOf(in);
        settings = Map.copyOf(settings);
        if (in.isEmpty()) {
            throw new IllegalArgumentException("--in: none (expected: at least one)");
        }
        for (String each : in) {
            if (each.isBlank()) {
                throw new IllegalArgumentException(
                        "--in: \"" + each + "\" (expected: a file, a folder or a glob)");
            }
        }
        if (master != null && !MASTER.matcher(master).matches()) {
            throw new IllegalArgumentException(
                    "--master: %s (expected: local, local[4], spark://host:7077, yarn or k8s://address)"
                            .formatted(master));
        }
        for (String key : settings.keySet()) {
            if (!key.startsWith("spark.")) {
                throw new IllegalArgumentException(
                        "--conf: %s (expected: a setting of Spark, spark.NAME=VALUE)"
                                .formatted(key));
            }
        }
        if (out.isBlank()) {
            throw new IllegalArgumentException("--out: \"" + out + "\" (expected: a folder)");
        }
        if (column == null && nameColumn != null) {
            throw new IllegalArgumentException(
                    "--name-column: %s (expected: with --column)".formatted(nameColumn));
        }
    }
}
