package dev.medzoo.serving.predict;

import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.work.Prediction;
import dev.medzoo.translate.finding.Finding;
import java.util.List;

/**
 * The predictions for the pictures of one request, in their order.
 *
 * @param model that answered
 */
public record PredictionResponse(ServedModel model, List<Prediction> predictions) {
    public PredictionResponse {
        predictions = List.copyOf(predictions);
    }

    /** The findings without their timings. */
    public List<Finding> findings() {
        return predictions.stream().map(Prediction::finding).toList();
    }
}
