package dev.medzoo.benchmarks;

import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Whether two folders of findings have the same rows, each as often; exits with 1 if not. */
public final class SameRows {
    private SameRows() {}

    /** Arguments: the two folders. */
    public static void main(String[] args) throws IOException {
        try (SparkSession spark =
                SparkSession.builder()
                        .master("local[*]")
                        .config("spark.ui.enabled", "false")
                        .getOrCreate()) {
            Dataset<Row> one = rows(spark, args[0]);
            Dataset<Row> other = rows(spark, args[1]);
            long extra = other.exceptAll(one).count();
            long missing = one.exceptAll(other).count();
            System.out.printf(
                    "%d rows, %d of them distinct files; missing: %d, extra: %d%n",
                    one.count(), one.select("file", "entry").distinct().count(), missing, extra);
            if (missing + extra > 0) {
                System.exit(1);
            }
        }
    }

    /** As text, as rows with a map cannot be compared. */
    private static Dataset<Row> rows(SparkSession spark, String folder) {
        return spark.read()
                .parquet(folder)
                .selectExpr("file", "entry", "to_json(struct(*)) as row");
    }
}
