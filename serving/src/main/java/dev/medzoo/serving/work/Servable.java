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

/** A loaded model, and how its pictures are prepared. Closed by the pool that works with it. */
public final class Servable implements AutoCloseable {
    private final ZooModel<NetworkInput, Finding> model;
    private final Preparation preparation;
    private final LazyExplainer explainer;

    /**
     * Takes a model over.
     *
     * @param decoder of its pictures, with its limits
     * @param explainers makes the one of the model, when it is first asked for
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

    /** How a picture becomes the network's input. */
    public Preparation preparation() {
        return preparation;
    }

    /** Shows where it looks. */
    LazyExplainer explainer() {
        return explainer;
    }

    /** What it runs on. */
    public Device device() {
        return model.getNDManager().getDevice();
    }

    /** What computes the network, such as {@code onnx-int8}. */
    public String runtime() {
        return String.valueOf(model.getProperty(InferenceRuntime.PROPERTY));
    }

    /** One that a single thread uses. */
    Predictor<NetworkInput, Finding> newPredictor() {
        return model.newPredictor();
    }

    /** An input for a first prediction, all zeros. */
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
