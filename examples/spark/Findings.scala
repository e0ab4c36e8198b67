import dev.medzoo.batch.score.MedZooFunctions
import org.apache.spark.sql.SparkSession
import org.apache.spark.sql.functions.col

/** Findings for a folder of pictures. Arguments: the folder, and one for the findings. */
object Findings {
  def main(args: Array[String]): Unit = {
    val spark = SparkSession.builder().getOrCreate()
    val find = MedZooFunctions.find("pretrained-skin")
    spark.read
      .format("binaryFile")
      .load(args(0))
      .withColumn("found", find(col("content")))
      .select("path", "found.*")
      .write
      .json(args(1))
  }
}
