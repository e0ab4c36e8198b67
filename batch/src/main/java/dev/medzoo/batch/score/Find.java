package dev.medzoo.batch.score;

import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;

/**
 * The function by its class's name, for languages that register it so, such as PySpark: from a
 * picture's bytes and a model's name to {@link MedZooFunctions#FINDING}. Each executor resolves the
 * name by itself, in the store that its own settings name; the row's digest says which model it
 * was.
 */
public final class Find implements UDF2<byte[], String, Row> {
    private static final long serialVersionUID = 1;

    private static final Map<String, ModelSource> RESOLVED = new ConcurrentHashMap<>();

    /** Called by Spark. */
    public Find() {}

    @Override
    public Row call(byte[] bytes, String model)
            throws IOException, ModelException, TranslateException {
        ModelSource source = RESOLVED.get(model);
        return FindOfModel.row(bytes, source == null ? resolved(model) : source);
    }

    /** One thread resolves it, and the others wait. */
    private static ModelSource resolved(String model)
            throws IOException, ModelException, TranslateException {
        synchronized (RESOLVED) {
            ModelSource source = RESOLVED.get(model);
            if (source == null) {
                source = ScoringModel.resolve(ModelReference.parse(model), RuntimeChoice.AUTO);
                RESOLVED.put(model, source);
            }
            return source;
        }
    }
}
