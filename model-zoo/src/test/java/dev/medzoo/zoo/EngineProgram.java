package dev.medzoo.zoo;

import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.Finding;
import dev.medzoo.translate.FindingTranslatorFactory;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that loads a model and predicts, and then says how many threads the engine has and how
 * many sockets were asked for; none is ever opened.
 */
final class EngineProgram {
    private EngineProgram() {}

    /**
     * Runs it.
     *
     * @param arguments {@code url} or {@code group} with the store in the settings, or {@code path}
     *     and a folder
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
            System.out.println("threads: " + threads());
        } finally {
            System.out.println("sockets: " + sockets);
        }
    }

    private static Criteria<Image, Finding> criteria(String[] arguments) throws IOException {
        Criteria.Builder<Image, Finding> types =
                Criteria.builder().setTypes(Image.class, Finding.class);
        return switch (arguments[0]) {
            case "url" -> types.optModelUrls("medzoo://tiny").build();
            case "group" -> types.optGroupId("dev.medzoo").optArtifactId("tiny").build();
            default ->
                    types.optModelPath(Path.of(arguments[1]))
                            .optTranslatorFactory(new FindingTranslatorFactory())
                            .build();
        };
    }

    private static Object threads() throws ReflectiveOperationException {
        return Class.forName("ai.djl.pytorch.jni.JniUtils").getMethod("getNumThreads").invoke(null);
    }
}
