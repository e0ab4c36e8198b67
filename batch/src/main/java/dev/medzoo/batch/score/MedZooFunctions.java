package dev.medzoo.batch.score;

import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Findings as a function in Spark's data frames and in its SQL, from a picture's bytes to a struct.
 * Each executor verifies and loads a model once, and all its tasks share it.
 */
public final class MedZooFunctions {
    /**
     * What a finding is in a row: {@code sha256} of the bytes; {@code label}, {@code probability},
     * {@code probabilities} by label, {@code conformalSet} (null if the model has none), {@code
     * abstained}, {@code unlikeTraining} (null if the model cannot tell), all null where there is
     * no finding; {@code model}, {@code version}, {@code digest}; {@code error}, why there is none.
     */
    public static final StructType FINDING =
            new StructType(
                    new StructField[] {
                        DataTypes.createStructField("sha256", DataTypes.StringType, true),
                        DataTypes.createStructField("label", DataTypes.StringType, true),
                        DataTypes.createStructField("probability", DataTypes.DoubleType, true),
                        DataTypes.createStructField(
                                "probabilities",
                                DataTypes.createMapType(
                                        DataTypes.StringType, DataTypes.DoubleType, false),
                                true),
                        DataTypes.createStructField(
                                "conformalSet",
                                DataTypes.createArrayType(DataTypes.StringType, false),
                                true),
                        DataTypes.createStructField("abstained", DataTypes.BooleanType, true),
                        DataTypes.createStructField("unlikeTraining", DataTypes.BooleanType, true),
                        DataTypes.createStructField("model", DataTypes.StringType, false),
                        DataTypes.createStructField("version", DataTypes.StringType, false),
                        DataTypes.createStructField("digest", DataTypes.StringType, false),
                        DataTypes.createStructField("error", DataTypes.StringType, true)
                    });

    private MedZooFunctions() {}

    /**
     * The function of a model of the store that the settings name, on the fastest runtime of this
     * machine. The model is verified and loaded here first, so that what is wrong shows at once.
     *
     * @param model {@code name}, {@code name/1.0.0} or {@code name@candidate}
     * @throws ModelException if the model is absent, damaged or not trusted
     */
    public static UserDefinedFunction find(String model)
            throws IOException, ModelException, TranslateException {
        return find(model, RuntimeChoice.AUTO.word());
    }

    /**
     * The same on a runtime of one's choice.
     *
     * @param runtime {@code auto}, {@code pytorch}, {@code onnx} or {@code onnx-int8}
     */
    public static UserDefinedFunction find(String model, String runtime)
            throws IOException, ModelException, TranslateException {
        ModelSource source =
                ScoringModel.resolve(ModelReference.parse(model), RuntimeChoice.parse(runtime));
        return functions.udf(new FindOfModel(source), FINDING);
    }

    /**
     * Makes the function of a model known to SQL, and so to every language of Spark's.
     *
     * @param name of the function
     * @param model as for {@link #find(String)}
     */
    public static void register(SparkSession spark, String name, String model)
            throws IOException, ModelException, TranslateException {
        spark.udf().register(name, find(model));
    }
}
