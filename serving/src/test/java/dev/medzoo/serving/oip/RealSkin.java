package dev.medzoo.serving.oip;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.translate.Finding;
import dev.medzoo.translate.ModelIdentity;
import dev.medzoo.translate.NetworkInput;
import dev.medzoo.translate.PictureDecoder;
import dev.medzoo.translate.Preparation;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.ModelReference;
import dev.medzoo.zoo.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** One real model behind the protocol, computed by one thread. Its answers can be held back. */
final class RealSkin implements OipModels, AutoCloseable {
    static final String NAME = "pretrained-skin";
    static final String VERSION = "1.0.0";

    private final ZooModel<NetworkInput, Finding> model;
    private final Predictor<NetworkInput, Finding> predictor;
    private final Preparation preparation;
    private final ModelIdentity identity;
    private final ExecutorService worker = Executors.newSingleThreadExecutor();

    /** Every call for findings, as it comes. */
    final BlockingQueue<OipCall> calls = new LinkedBlockingQueue<>();

    /** Whether it says so. */
    volatile boolean ready = true;

    /** What answers wait for; failed, it is why there are none. */
    volatile CompletableFuture<Void> hold = CompletableFuture.completedFuture(null);

    RealSkin() throws Exception {
        ModelReference reference = ModelReference.parse(NAME + "/" + VERSION);
        MedZoo zoo = new MedZoo(Store.fromSettings());
        model = zoo.load(reference, NetworkInput.class, Finding.class);
        identity = zoo.identity(reference);
        predictor = model.newPredictor();
        preparation = Preparation.of(model, new PictureDecoder());
    }

    ModelIdentity identity() {
        return identity;
    }

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public List<String> names() {
        return List.of(NAME);
    }

    @Override
    public OipModel model(String name, @Nullable String version) throws RefusedException {
        if (!name.equals(NAME)
                || (version != null && !Set.of(VERSION, "stable").contains(version))) {
            throw new RefusedException(Refusal.unknownModel(name));
        }
        return new OipModel(
                NAME, List.of(VERSION), ready, preparation.labels(), preparation.size());
    }

    @Override
    public CompletableFuture<OipAnswer> infer(
            OipCall call, String name, @Nullable String version, List<OipPicture> pictures) {
        calls.add(call);
        return hold.thenApplyAsync(released -> answer(pictures), worker);
    }

    private OipAnswer answer(List<OipPicture> pictures) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            try {
                findings.add(predictor.predict(prepared(pictures.get(i))));
            } catch (TranslateException e) {
                throw new CompletionException(
                        new RefusedException(
                                Refusal.unreadable("picture %d: %s".formatted(i, e.getMessage()))));
            }
        }
        return new OipAnswer(identity, findings);
    }

    private NetworkInput prepared(OipPicture picture) throws TranslateException {
        return picture instanceof OipPicture.Encoded encoded
                ? preparation.picture(encoded.file(), encoded.options())
                : preparation.tensor(((OipPicture.Tensor) picture).values());
    }

    @Override
    public void close() {
        worker.shutdown();
        predictor.close();
        model.close();
    }
}
