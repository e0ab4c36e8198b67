package dev.medzoo.batch.score;

import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the network for what can be read of a batch, for one thread. */
final class BatchPredictor implements AutoCloseable {
    private final Predictor<NetworkInput, Finding> predictor;

    BatchPredictor(ScoringModel model) {
        predictor = model.newPredictor();
    }

    /**
     * What the network is to see, or why it cannot.
     *
     * @param input null if there is an error
     * @param error null if there is an input
     */
    record Prepared(@Nullable NetworkInput input, @Nullable String error) {
        static Prepared failed(Exception e) {
            return new Prepared(null, FirstLine.of(e));
        }
    }

    /**
     * What the network says, or why there is nothing.
     *
     * @param finding null if there is an error
     * @param error null if there is a finding
     */
    record Answer(@Nullable Finding finding, @Nullable String error) {}

    /** Answers in the order of the batch, one for each. */
    List<Answer> predict(List<Prepared> batch) {
        List<NetworkInput> inputs = new ArrayList<>();
        for (Prepared each : batch) {
            if (each.input() != null) {
                inputs.add(each.input());
            }
        }
        List<Finding> findings = predicted(inputs);
        List<Answer> answers = new ArrayList<>();
        int next = 0;
        for (Prepared each : batch) {
            if (each.input() == null) {
                answers.add(new Answer(null, each.error()));
            } else if (findings.isEmpty()) {
                answers.add(alone(each.input()));
            } else {
                answers.add(new Answer(findings.get(next++), null));
            }
        }
        return answers;
    }

    /** All findings, or none where the batch as a whole fails. */
    private List<Finding> predicted(List<NetworkInput> inputs) {
        if (inputs.isEmpty()) {
            return List.of();
        }
        try {
            return predictor.batchPredict(inputs);
        } catch (TranslateException e) {
            return List.of();
        }
    }

    /** One on which the network fails does not take the others of its batch with it. */
    private Answer alone(NetworkInput input) {
        try {
            return new Answer(predictor.predict(input), null);
        } catch (TranslateException e) {
            return new Answer(null, FirstLine.of(e));
        }
    }

    @Override
    public void close() {
        predictor.close();
    }
}
