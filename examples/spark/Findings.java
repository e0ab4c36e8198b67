import static org.apache.spark.sql.functions.col;

import dev.medzoo.batch.score.MedZooFunctions;
import org.apache.spark.sql.SparkSession;

/** Findings for a folder of pictures. Arguments: the folder, and one for the findings. */
public class Findings {
    public static void main(String[] args) throws Exception {
        SparkSession spark = SparkSession.builder().getOrCreate();
        spark.read()
                .format("binaryFile")
                .load(args[0])
                .withColumn("found", MedZooFunctions.find("pretrained-skin").apply(col("content")))
                .select("path", "found.*")
                .write()
                .json(args[1]);
    }
}
