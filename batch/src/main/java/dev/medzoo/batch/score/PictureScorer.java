package dev.medzoo.batch.score;

import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.format.Sha256;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes findings for pictures, several at a time; for one thread. Each picture has one result,
 * in the order of the pictures: one that cannot be read has its reason.
 */
final class PictureScorer implements AutoCloseable {
    /** Pictures that the network gets at once. */
    static final int BATCH = 16;

    private final Preparation preparation;
    private final PictureOptions options;
    private final Predictor<NetworkInput, Finding> predictor;

    PictureScorer(ScoringModel model, PictureOptions options) {
        preparation = model.preparation();
        this.options = options;
        predictor = model.newPredictor();
    }

    /** Scores pictures, as many as there are. */
    List<ScoredPicture> score(List<SourcePicture> pictures) {
        List<Prepared> prepared = pictures.stream().map(this::prepare).toList();
        List<NetworkInput> inputs = new ArrayList<>();
        for (Prepared each : prepared) {
            if (each.input() != null) {
                inputs.add(each.input());
            }
        }
        List<Finding> findings = predicted(inputs);
        List<ScoredPicture> scored = new ArrayList<>();
        int next = 0;
        for (Prepared each : prepared) {
            if (each.input() == null) {
                scored.add(each.scored(null, each.error()));
            } else if (findings.isEmpty()) {
                scored.add(alone(each, each.input()));
            } else {
                scored.add(each.scored(findings.get(next++), null));
            }
        }
        return scored;
    }

    private record Prepared(
            SourcePicture picture,
            @Nullable String sha256,
            @Nullable NetworkInput input,
            @Nullable String error) {
        ScoredPicture scored(@Nullable Finding finding, @Nullable String error) {
            return new ScoredPicture(picture.file(), picture.entry(), sha256, finding, error);
        }
    }

    private Prepared prepare(SourcePicture picture) {
        byte[] bytes = picture.bytes();
        if (bytes == null) {
            return new Prepared(picture, null, null, picture.error());
        }
        String sha256 = Sha256.hex(bytes);
        try {
            return new Prepared(picture, sha256, preparation.picture(bytes, options), null);
        } catch (TranslateException | RuntimeException e) {
            return new Prepared(picture, sha256, null, line(e));
        }
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

    /** One picture on which the network fails does not take the others of its batch with it. */
    private ScoredPicture alone(Prepared prepared, NetworkInput input) {
        try {
            return prepared.scored(predictor.predict(input), null);
        } catch (TranslateException e) {
            return prepared.scored(null, line(e));
        }
    }

    private static String line(Exception e) {
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse(message);
    }

    @Override
    public void close() {
        predictor.close();
    }
}
