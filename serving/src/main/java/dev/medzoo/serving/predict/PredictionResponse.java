package dev.medzoo.serving.predict;

import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.work.Prediction;
import dev.medzoo.translate.finding.Finding;
import java.util.List;

/**
 * What a model says of the pictures of one request, in their order.
 *
 * @param model that answered
 */
public record PredictionResponse(ServedModel model, List<Prediction> predictions) {
    public PredictionResponse {
        predictions = List.copyOf(predictions);
    }

    /** The findings alone. */
    public List<Finding> findings() {
        return predictions.stream().map(Prediction::finding).toList();
    }
}
