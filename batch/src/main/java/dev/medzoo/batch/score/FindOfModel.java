package dev.medzoo.batch.score;

import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.finding.ClassProbability;
import dev.medzoo.translate.finding.ConformalSet;
import dev.medzoo.translate.finding.Finding;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;

/** The function of one model. */
final class FindOfModel implements UDF1<byte[], Row> {
    private static final long serialVersionUID = 1;

    private final ModelSource source;

    FindOfModel(ModelSource source) {
        this.source = source;
    }

    @Override
    public Row call(byte @Nullable [] bytes)
            throws IOException, ModelException, TranslateException {
        return row(bytes, source);
    }

    /** One picture's row, as {@link MedZooFunctions#FINDING} says. */
    static Row row(byte @Nullable [] bytes, ModelSource source)
            throws IOException, ModelException, TranslateException {
        SourcePicture picture =
                bytes == null
                        ? SourcePicture.unreadable("", null, "picture: null (expected: bytes)")
                        : SourcePicture.read("", null, bytes);
        ScoredPicture scored =
                ScoringModel.of(source).scorerOfThread().score(List.of(picture)).get(0);
        Finding finding = scored.finding();
        if (finding == null) {
            return RowFactory.create(
                    scored.sha256(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    source.name(),
                    source.version(),
                    source.digest(),
                    scored.error());
        }
        Map<String, Double> probabilities = new LinkedHashMap<>();
        for (ClassProbability each : finding.probabilities()) {
            probabilities.put(each.label(), each.probability());
        }
        ConformalSet set = finding.set();
        return RowFactory.create(
                scored.sha256(),
                finding.label(),
                finding.probability(),
                probabilities,
                set == null ? null : set.labels(),
                finding.abstained(),
                finding.outOfDistribution() == null ? null : finding.isUnlikeTraining(),
                source.name(),
                source.version(),
                source.digest(),
                null);
    }
}
