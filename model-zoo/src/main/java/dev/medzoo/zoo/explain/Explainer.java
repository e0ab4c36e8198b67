package dev.medzoo.zoo.explain;

import ai.djl.Model;
import ai.djl.ModelException;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import dev.medzoo.translate.FindingTranslatorFactory;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.network.BlockConfig;
import dev.medzoo.zoo.network.ClassifierHead;
import dev.medzoo.zoo.network.FlipViews;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes heat maps of a loaded model. {@link ExplanationMethod#GRAD_CAM} uses the model itself on
 * any runtime. {@link ExplanationMethod#LAYER_CAM} uses a copy of its network on PyTorch, which is
 * loaded at first use, shared by all threads, and freed when this is closed. {@link
 * ExplanationMethod#RISE} needs findings alone, so it is the one method for a graph from elsewhere,
 * whose layers are unknown. It is thread safe; gradients are computed for one thread at a time.
 */
public final class Explainer implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(Explainer.class);

    private final Model model;
    private final Preparation preparation;
    private final Translator<NetworkInput, Finding> translator;
    private final @Nullable ClassifierHead head;
    private final boolean isMean;
    private final ContentSource source;
    private final @Nullable Runnable engine;
    private volatile @Nullable GradientNetwork network;
    private volatile @Nullable Boolean hasEngine;
    private boolean isClosed;

    private Explainer(
            Model model,
            Preparation preparation,
            ArtifactContent content,
            ContentSource source,
            @Nullable Runnable engine)
            throws ModelException, TranslateException {
        this.model = model;
        this.preparation = preparation;
        this.source = source;
        this.engine = engine;
        translator =
                new FindingTranslatorFactory()
                        .newInstance(NetworkInput.class, Finding.class, model, Map.of());
        head = content.artifact().network() instanceof BlockConfig ? content.head() : null;
        isMean = content.artifact().network() instanceof BlockConfig config && config.flips();
    }

    /**
     * Creates the explainer of a loaded model.
     *
     * @param model which must stay open as long as this
     * @param source of its files, read at once, and again when the copy for gradients is loaded
     * @param finest of the methods that use layers; with Grad-CAM, PyTorch is never loaded
     * @throws ModelException when the files are gone or not those of this model
     * @throws TranslateException if the model was not loaded as a medzoo artifact
     */
    public static Explainer of(Model model, ContentSource source, ExplanationMethod finest)
            throws IOException, ModelException, TranslateException {
        Runnable engine =
                finest == ExplanationMethod.LAYER_CAM ? GradientNetwork::startEngine : null;
        return of(model, source, engine);
    }

    /** Creates it with another way to start the engine with gradients; null for none. */
    static Explainer of(Model model, ContentSource source, @Nullable Runnable engine)
            throws IOException, ModelException, TranslateException {
        Preparation preparation = Preparation.of(model, new PictureDecoder());
        return new Explainer(model, preparation, source.content(), source, engine);
    }

    /**
     * Explains the picture of a file.
     *
     * @throws TranslateException as {@link Preparation#picture(Path, PictureOptions)}
     * @throws IllegalArgumentException when the model has no such class
     */
    public Explanation explain(Path file, ExplanationOptions options)
            throws IOException, ModelException, TranslateException {
        return explain(preparation.picture(file, PictureOptions.USUAL), options);
    }

    /**
     * Explains a picture.
     *
     * @param input that {@link Preparation#picture(Path, PictureOptions)} made of a file
     * @throws IllegalArgumentException when the model has no such class
     */
    public Explanation explain(NetworkInput input, ExplanationOptions options)
            throws IOException, ModelException, TranslateException {
        try (Predictor<NetworkInput, Finding> predictor = model.newPredictor(translator)) {
            return explain(input, predictor.predict(input), options);
        }
    }

    /**
     * Explains an existing finding.
     *
     * @param input that the finding is of
     * @throws IllegalArgumentException when the model has no such class
     * @throws UnsupportedOperationException when the model or the machine has not what the method
     *     needs
     * @throws ModelException when the weights cannot be read again
     */
    public Explanation explain(NetworkInput input, Finding finding, ExplanationOptions options)
            throws IOException, ModelException, TranslateException {
        return explain(input, finding, options, () -> true);
    }

    /**
     * Explains an existing finding, and lets other work go first.
     *
     * @param goesOn asked between the steps of {@link ExplanationMethod#RISE}, each of which is a
     *     prediction; the other methods have one step
     * @throws CancellationException once {@code goesOn} is false
     */
    public Explanation explain(
            NetworkInput input, Finding finding, ExplanationOptions options, BooleanSupplier goesOn)
            throws IOException, ModelException, TranslateException {
        options.check(preparation.labels());
        ExplanationMethod method = load(options.method());
        String label = options.labelOf(finding);
        int target = preparation.labels().indexOf(label);
        HeatMap map =
                switch (method) {
                    case LAYER_CAM -> network().map(input, target);
                    case GRAD_CAM -> gradCam(input, target);
                    case RISE -> rise(input, label, goesOn);
                };
        InputSize picture = input.picture() == null ? input.size() : input.picture();
        return new Explanation(
                finding, method, label, picture, preparation.transform().area(picture), map);
    }

    /**
     * Loads what a method needs; the first explanation does so too.
     *
     * @param wanted or null for the finest available; for a graph from elsewhere that is {@link
     *     ExplanationMethod#RISE}
     * @return the method chosen
     * @throws UnsupportedOperationException when a method that uses layers is asked for by name,
     *     and the model is a graph from elsewhere; when LayerCAM is, and the machine has no PyTorch
     * @throws ModelException when the weights cannot be read again
     */
    public ExplanationMethod load(@Nullable ExplanationMethod wanted)
            throws IOException, ModelException {
        if (wanted == ExplanationMethod.RISE) {
            return wanted;
        }
        if (head == null) {
            if (wanted == null) {
                return ExplanationMethod.RISE;
            }
            throw new UnsupportedOperationException(
                    "method: %s, which needs the network's layers (expected: %s, as %s is a graph from elsewhere)"
                            .formatted(
                                    wanted.word(),
                                    ExplanationMethod.RISE.word(),
                                    preparation.model().name()));
        }
        if (wanted == ExplanationMethod.GRAD_CAM) {
            return wanted;
        }
        if (hasEngine()) {
            network();
            return ExplanationMethod.LAYER_CAM;
        }
        if (wanted != null) {
            throw new UnsupportedOperationException(
                    "method: %s, which needs PyTorch (expected: %s or %s, as there is none here)"
                            .formatted(
                                    wanted.word(),
                                    ExplanationMethod.GRAD_CAM.word(),
                                    ExplanationMethod.RISE.word()));
        }
        return ExplanationMethod.GRAD_CAM;
    }

    /** Whether {@link #load} of a method has nothing to do. Does not block. */
    public boolean isLoaded(@Nullable ExplanationMethod wanted) {
        if (head == null || wanted == ExplanationMethod.RISE) {
            return wanted == null || wanted == ExplanationMethod.RISE;
        }
        return wanted == ExplanationMethod.GRAD_CAM
                || network != null
                || (wanted == null && Boolean.FALSE.equals(hasEngine));
    }

    private synchronized boolean hasEngine() {
        Boolean known = hasEngine;
        if (known == null) {
            known = isStarted();
            hasEngine = known;
        }
        return known;
    }

    private boolean isStarted() {
        if (engine == null) {
            return false;
        }
        try {
            engine.run();
            return true;
        } catch (EngineException | LinkageError e) {
            logger.warn("no PyTorch, so explanations are by Grad-CAM: {}", e.toString());
            return false;
        }
    }

    private synchronized GradientNetwork network() throws IOException, ModelException {
        if (isClosed) {
            throw new IllegalStateException("explainer: closed (expected: open)");
        }
        GradientNetwork loaded = network;
        if (loaded == null) {
            loaded = GradientNetwork.of(source.content());
            network = loaded;
        }
        return loaded;
    }

    private HeatMap rise(NetworkInput input, String label, BooleanSupplier goesOn)
            throws TranslateException {
        try (Predictor<NetworkInput, Finding> predictor = model.newPredictor(translator)) {
            return new Rise(input, label, predictor::predict).map(goesOn);
        }
    }

    private HeatMap gradCam(NetworkInput input, int target) {
        List<float[]> maps = new ArrayList<>();
        int width = 1;
        int height = 1;
        try (NDManager arrays = model.getNDManager().newSubManager()) {
            for (FlipViews view : isMean ? FlipViews.ALL : FlipViews.ALL.subList(0, 1)) {
                NDArray map = lastMap(view, input, arrays);
                height = (int) map.getShape().get(2);
                width = (int) map.getShape().get(3);
                maps.add(map.toFloatArray());
            }
        }
        return GradCam.of(Objects.requireNonNull(head), maps, width, height, target);
    }

    private NDArray lastMap(FlipViews view, NetworkInput input, NDManager arrays) {
        InputSize size = input.size();
        float[] seen = view.of(input.values(), size.width(), size.height());
        NDArray picture = arrays.create(seen, new Shape(1, 3, size.height(), size.width()));
        ParameterStore parameters = new ParameterStore(arrays, false);
        return model.getBlock().forward(parameters, new NDList(picture), false).get(2);
    }

    /** Frees the copy for gradients; the model stays open. */
    @Override
    public synchronized void close() {
        isClosed = true;
        GradientNetwork loaded = network;
        if (loaded != null) {
            loaded.close();
        }
    }
}
