package dev.medzoo.applications;

import ai.djl.ModelException;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.finding.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Says what a model finds in a picture, asked by the main thread and by one of the shared pool. */
public final class PredictOne {
    private PredictOne() {}

    /**
     * Asks twice.
     *
     * @param args the model and the picture
     */
    public static void main(String[] args) throws IOException, ModelException, TranslateException {
        Path picture = Path.of(args[1]);
        System.out.println("main: " + line(args[0], picture));
        System.out.println(
                "pool: " + CompletableFuture.supplyAsync(() -> quietly(args[0], picture)).join());
    }

    private static String quietly(String model, Path picture) {
        try {
            return line(model, picture);
        } catch (IOException | ModelException | TranslateException e) {
            throw new CompletionException(e);
        }
    }

    /** What a model finds, in a line. */
    static String line(String model, Path picture)
            throws IOException, ModelException, TranslateException {
        Criteria<Path, Finding> criteria =
                Criteria.builder()
                        .setTypes(Path.class, Finding.class)
                        .optModelUrls("medzoo://" + model)
                        .build();
        try (ZooModel<Path, Finding> loaded = criteria.loadModel();
                Predictor<Path, Finding> predictor = loaded.newPredictor()) {
            Finding finding = predictor.predict(picture);
            return finding.model() + " " + finding.label() + " " + finding.probability();
        }
    }
}
