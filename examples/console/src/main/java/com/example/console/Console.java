package com.example.console;

import ai.djl.ModelException;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.finding.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Prints what a model finds in each picture: {@code console MODEL PICTURE...}. */
public final class Console {
    private Console() {}

    public static void main(String[] args) throws IOException, ModelException {
        if (args.length < 2) {
            System.err.println("usage: console MODEL PICTURE...");
            System.exit(2);
        }
        Criteria<Path, Finding> criteria =
                Criteria.builder()
                        .setTypes(Path.class, Finding.class)
                        .optGroupId("dev.medzoo")
                        .optArtifactId(args[0])
                        .build();
        boolean allRead = true;
        try (ZooModel<Path, Finding> model = criteria.loadModel();
                Predictor<Path, Finding> predictor = model.newPredictor()) {
            for (int i = 1; i < args.length; i++) {
                try {
                    System.out.println(args[i] + ": " + line(predictor.predict(Path.of(args[i]))));
                } catch (TranslateException e) {
                    allRead = false;
                    System.err.println(args[i] + ": " + e.getMessage());
                }
            }
        }
        System.out.println(Finding.NOTICE);
        System.exit(allRead ? 0 : 1);
    }

    /** A label alone is not enough: the model may be unsure, or the picture of another kind. */
    private static String line(Finding finding) {
        String doubt =
                finding.isUnlikeTraining()
                        ? " (unlike the training pictures: the label means nothing)"
                        : finding.abstained() ? " (too unsure to say)" : "";
        return String.format(
                Locale.ROOT, "%s %.3f%s", finding.label(), finding.probability(), doubt);
    }
}
