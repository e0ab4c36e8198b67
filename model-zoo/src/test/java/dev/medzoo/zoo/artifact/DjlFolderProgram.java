package dev.medzoo.zoo.artifact;

import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.ClassProbability;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import dev.medzoo.zoo.store.Store;
import java.nio.file.Path;

/** Asks each published model here and, as a plain folder, by DJL alone, in one process. */
final class DjlFolderProgram {
    private static final double MOST = 1e-5;

    private DjlFolderProgram() {}

    public static void main(String[] arguments) throws Exception {
        MedZoo zoo = new MedZoo(Store.open("../model-store"));
        for (String name : zoo.index().artifacts().keySet()) {
            ModelReference reference = ModelReference.parse(name);
            Image picture = picture(zoo.artifact(reference).network().input());
            Path plain = Path.of(arguments[0]).resolve(name);
            DjlFolder.write(VerifiedStore.of(zoo.store()).artifact(reference).content(), plain);
            double off = off(byUs(zoo, reference, picture), byDjl(plain, picture));
            System.out.println(name + (off <= MOST ? ": as ours" : ": off by " + off));
        }
    }

    /** Of the input's own size, so that nobody resizes it. */
    private static Image picture(InputSize size) {
        byte[] rgb = new byte[3 * size.width() * size.height()];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i % 251 * (i / 3 % size.width()) / 7);
        }
        return ImageFactory.getInstance()
                .fromImage(new RgbPicture(size.width(), size.height(), rgb).toBufferedImage());
    }

    private static Finding byUs(MedZoo zoo, ModelReference reference, Image picture)
            throws Exception {
        try (ZooModel<Image, Finding> model =
                        zoo.load(reference, Image.class, Finding.class, RuntimeChoice.ONNX, null);
                Predictor<Image, Finding> predictor = model.newPredictor()) {
            return predictor.predict(picture);
        }
    }

    private static Classifications byDjl(Path folder, Image picture) throws Exception {
        try (ZooModel<Image, Classifications> model =
                        Criteria.builder()
                                .setTypes(Image.class, Classifications.class)
                                .optModelPath(folder)
                                .optEngine("OnnxRuntime")
                                .build()
                                .loadModel();
                Predictor<Image, Classifications> predictor = model.newPredictor()) {
            String type = model.getWrappedModel().getClass().getName();
            if (!type.equals("ai.djl.onnxruntime.engine.OrtModel")) {
                throw new IllegalStateException("model: " + type + " (expected: DJL's own)");
            }
            return predictor.predict(picture);
        }
    }

    private static double off(Finding ours, Classifications theirs) {
        double off = 0;
        for (ClassProbability each : ours.probabilities()) {
            double their = theirs.get(each.label()).getProbability();
            off = Math.max(off, Math.abs(their - each.probability()));
        }
        return off;
    }
}
