package dev.medzoo.serving.work;

import ai.djl.Device;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.Finding;
import dev.medzoo.translate.NetworkInput;
import dev.medzoo.translate.PictureDecoder;
import dev.medzoo.translate.Preparation;

/** A loaded model, and how its pictures are prepared. Closed by the pool that works with it. */
public final class Servable implements AutoCloseable {
    private final ZooModel<NetworkInput, Finding> model;
    private final Preparation preparation;

    /**
     * Takes a model over.
     *
     * @param decoder of its pictures, with its limits
     * @throws TranslateException if the model was not loaded as a medzoo artifact
     */
    public Servable(ZooModel<NetworkInput, Finding> model, PictureDecoder decoder)
            throws TranslateException {
        this.model = model;
        this.preparation = Preparation.of(model, decoder);
    }

    /** How a picture becomes the network's input. */
    public Preparation preparation() {
        return preparation;
    }

    /** What it runs on. */
    public Device device() {
        return model.getNDManager().getDevice();
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
        model.close();
    }
}
