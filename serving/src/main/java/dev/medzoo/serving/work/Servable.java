package dev.medzoo.serving.work;

import ai.djl.Device;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.runtime.InferenceRuntime;

/** A loaded model with its preprocessing. The pool that uses it closes it. */
public final class Servable implements AutoCloseable {
    private final ZooModel<NetworkInput, Finding> model;
    private final Preparation preparation;
    private final LazyExplainer explainer;

    /**
     * Takes ownership of a model.
     *
     * @param decoder of pictures, with its limits
     * @param explainers creates the model's explainer on first use
     * @throws TranslateException if the model was not loaded as a medzoo artifact
     */
    public Servable(
            ZooModel<NetworkInput, Finding> model,
            PictureDecoder decoder,
            LazyExplainer.Source explainers)
            throws TranslateException {
        this.model = model;
        this.preparation = Preparation.of(model, decoder);
        this.explainer = new LazyExplainer(model, explainers);
    }

    /** The preprocessing. */
    public Preparation preparation() {
        return preparation;
    }

    /** The explainer. */
    LazyExplainer explainer() {
        return explainer;
    }

    /** The device it runs on. */
    public Device device() {
        return model.getNDManager().getDevice();
    }

    /** The runtime, such as {@code onnx-int8}. */
    public String runtime() {
        return String.valueOf(model.getProperty(InferenceRuntime.PROPERTY));
    }

    /** Creates a predictor for a single thread. */
    Predictor<NetworkInput, Finding> newPredictor() {
        return model.newPredictor();
    }

    /** An all-zero input for the warm-up prediction. */
    NetworkInput blank() throws TranslateException {
        return preparation.tensor(
                new float[3 * preparation.size().width() * preparation.size().height()]);
    }

    @Override
    public void close() {
        explainer.close();
        model.close();
    }
}
