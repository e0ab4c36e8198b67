package dev.medzoo.batch.score;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureOptions;
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
    private final BatchPredictor predictor;

    PictureScorer(ScoringModel model, PictureOptions options) {
        preparation = model.preparation();
        this.options = options;
        predictor = new BatchPredictor(model);
    }

    /** Scores pictures, as many as there are. */
    List<ScoredPicture> score(List<SourcePicture> pictures) {
        List<@Nullable String> digests = new ArrayList<>();
        List<BatchPredictor.Prepared> prepared = new ArrayList<>();
        for (SourcePicture picture : pictures) {
            byte[] bytes = picture.bytes();
            digests.add(bytes == null ? null : Sha256.hex(bytes));
            prepared.add(
                    bytes == null
                            ? new BatchPredictor.Prepared(null, picture.error())
                            : prepared(bytes));
        }
        List<BatchPredictor.Answer> answers = predictor.predict(prepared);
        List<ScoredPicture> scored = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            SourcePicture picture = pictures.get(i);
            BatchPredictor.Answer answer = answers.get(i);
            scored.add(
                    new ScoredPicture(
                            picture.file(),
                            picture.entry(),
                            digests.get(i),
                            answer.finding(),
                            answer.error()));
        }
        return scored;
    }

    private BatchPredictor.Prepared prepared(byte[] bytes) {
        try {
            return new BatchPredictor.Prepared(preparation.picture(bytes, options), null);
        } catch (TranslateException | RuntimeException e) {
            return BatchPredictor.Prepared.failed(e);
        }
    }

    @Override
    public void close() {
        predictor.close();
    }
}
