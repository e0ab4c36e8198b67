package dev.medzoo.zoo;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.FindingTranslatorFactory;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.explain.Explainer;
import dev.medzoo.zoo.explain.ExplanationMethod;
import dev.medzoo.zoo.explain.ExplanationOptions;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that loads a model, predicts, explains where the model is a graph, and then says how
 * many threads the engine has and how many sockets were asked for; none is ever opened.
 */
final class EngineProgram {
    private EngineProgram() {}

    /**
     * Runs it.
     *
     * @param arguments {@code url}, {@code group} or {@code graph} with the store in the settings,
     *     or {@code path} and a folder
     */
    @SuppressWarnings("deprecation") // Of use for proxies no more, but nothing else sees them all.
    public static void main(String[] arguments) throws Exception {
        AtomicInteger sockets = new AtomicInteger();
        Socket.setSocketImplFactory(
                () -> {
                    sockets.incrementAndGet();
                    throw new IllegalStateException("no sockets here");
                });
        try (ZooModel<Image, Finding> model = criteria(arguments).loadModel();
                Predictor<Image, Finding> predictor = model.newPredictor()) {
            Finding finding = predictor.predict(TinyArtifact.picture().toImage());
            System.out.println("finding: " + finding.model().name());
            if (arguments[0].equals("graph")) {
                explain(model, Path.of(arguments[1], "golden", "disc.png"));
            }
            System.out.println("threads: " + threads());
        } finally {
            System.out.println("sockets: " + sockets);
        }
    }

    private static void explain(Model model, Path picture) throws Exception {
        try (Explainer explainer = new MedZoo().explainer(model)) {
            ExplanationOptions coarse =
                    new ExplanationOptions(ExplanationMethod.GRAD_CAM, "benign");
            System.out.println("map: " + explainer.explain(picture, coarse).method().word());
        }
    }

    private static Criteria<Image, Finding> criteria(String[] arguments) throws IOException {
        Criteria.Builder<Image, Finding> types =
                Criteria.builder().setTypes(Image.class, Finding.class);
        return switch (arguments[0]) {
            case "url" -> types.optModelUrls("medzoo://tiny").build();
            case "graph" -> types.optGroupId("dev.medzoo").optArtifactId("tiny").build();
            case "group" ->
                    types.optGroupId("dev.medzoo")
                            .optArtifactId("tiny")
                            .optEngine("PyTorch")
                            .build();
            default ->
                    types.optModelPath(Path.of(arguments[1]))
                            .optTranslatorFactory(new FindingTranslatorFactory())
                            .build();
        };
    }

    private static Object threads() throws ReflectiveOperationException {
        try {
            return Class.forName("ai.djl.pytorch.jni.JniUtils")
                    .getMethod("getNumThreads")
                    .invoke(null);
        } catch (InvocationTargetException e) {
            // Its library was never loaded.
            return e.getCause() instanceof UnsatisfiedLinkError ? "of no PyTorch" : e;
        }
    }
}
