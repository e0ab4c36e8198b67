package dev.medzoo.batch.score;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import ai.djl.ModelException;
import ai.djl.repository.zoo.ModelNotFoundException;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Findings in data frames, in Java and in SQL, which every language of Spark's can say. */
class MedZooFunctionsTest {
    @TempDir static Path folder = Path.of("");

    @BeforeAll
    static void draw() throws Exception {
        DrawnPictures.folder(folder, 3);
        Files.writeString(folder.resolve("text.png"), "no picture");
    }

    private static Dataset<Row> pictures() {
        return TestSpark.session()
                .read()
                .format("binaryFile")
                .load(folder.toString())
                .orderBy("path")
                .coalesce(1);
    }

    @Test
    void aColumnOfBytesBecomesOneOfFindings() throws Exception {
        List<Row> found =
                pictures()
                        .select(
                                MedZooFunctions.find("pretrained-skin", "onnx")
                                        .apply(col("content"))
                                        .as("found"))
                        .select("found.*")
                        .collectAsList();

        assertThat(found).hasSize(4);
        for (int i = 0; i < 3; i++) {
            Row row = found.get(i);
            assertThat(row.<String>getAs("sha256")).isEqualTo(Sha256.hex(DrawnPictures.png(i)));
            assertThat(row.<String>getAs("error")).isNull();
            assertThat(row.<Double>getAs("probability"))
                    .isEqualTo(
                            (Double)
                                    row.getJavaMap(row.fieldIndex("probabilities"))
                                            .get(row.getAs("label")),
                            offset(0.0));
            assertThat(row.getList(row.fieldIndex("conformalSet")))
                    .contains((Object) row.<String>getAs("label"));
            assertThat(row.<Boolean>getAs("abstained")).isNotNull();
            assertThat(row.<Boolean>getAs("unlikeTraining")).isNotNull();
            assertThat(row.<String>getAs("digest")).startsWith("sha256:");
        }
        assertThat(found.get(3).<String>getAs("label")).isNull();
        assertThat(found.get(3).<String>getAs("error")).startsWith("picture: bytes that start");
    }

    /** What PySpark's registerJavaFunction does with the name of a class. */
    @Test
    void anyLanguageRegistersItByTheNameOfItsClass() {
        TestSpark.session()
                .udf()
                .registerJava("find_by", Find.class.getName(), MedZooFunctions.FINDING);
        pictures().createOrReplaceTempView("pictures");

        List<Row> found =
                TestSpark.session()
                        .sql(
                                """
                                select found.label, found.error, found.probabilities[found.label] as p
                                from (select find_by(content, 'pretrained-skin') as found from pictures)
                                """)
                        .collectAsList();

        assertThat(found).hasSize(4);
        assertThat(found).filteredOn(row -> row.getAs("error") == null).hasSize(3);
        assertThat(found)
                .filteredOn(row -> row.getAs("error") == null)
                .allMatch(row -> row.<Double>getAs("p") > 0);
    }

    @Test
    void sqlKnowsTheFunctionOfAModel() throws Exception {
        MedZooFunctions.register(TestSpark.session(), "skin", "pretrained-skin");
        List<Row> found =
                TestSpark.session()
                        .sql("select skin(cast(null as binary)).error, skin(X'00').error")
                        .collectAsList();

        assertThat(found.get(0).getString(0)).isEqualTo("picture: null (expected: bytes)");
        assertThat(found.get(0).getString(1)).startsWith("picture: bytes that start with 00");
    }

    @Test
    void anUnknownModelIsRefusedAtOnce() {
        assertThatThrownBy(() -> MedZooFunctions.find("none"))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("model: none (expected one of:");
    }

    /** On an executor whose store has another model by that name and version. */
    @Test
    void anotherDigestThanTheDriversIsRefused() throws Exception {
        ModelSource source =
                ScoringModel.resolve(ModelReference.parse("pretrained-skin"), RuntimeChoice.ONNX);
        ModelSource other =
                new ModelSource(
                        source.name(),
                        source.version(),
                        "sha256:" + "0".repeat(64),
                        source.runtime(),
                        null,
                        null,
                        false);

        assertThatThrownBy(() -> ScoringModel.of(other))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is " + source.digest() + " in the store of this executor")
                .hasMessageContaining("(expected: " + other.digest() + ", the driver's)");
    }

    /** For those who must write it down: PySpark's registerJavaFunction takes it as text. */
    @Test
    void theTypeHasAText() {
        assertThat(MedZooFunctions.FINDING.toDDL())
                .isEqualTo(
                        "sha256 STRING,label STRING,probability DOUBLE,probabilities MAP<STRING, DOUBLE>,"
                                + "conformalSet ARRAY<STRING>,abstained BOOLEAN,unlikeTraining BOOLEAN,"
                                + "model STRING NOT NULL,version STRING NOT NULL,digest STRING NOT NULL,"
                                + "error STRING");
    }
}
