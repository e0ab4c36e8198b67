package dev.medzoo.registry.gate;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.Golden;
import dev.medzoo.zoo.artifact.ModelCard.EightBits;
import dev.medzoo.zoo.artifact.TestPredictions;
import dev.medzoo.zoo.runtime.OnnxModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The graphs are the network's: that of float32 gives the golden probabilities, and that of 8 bits,
 * where there is one, named hardly fewer test pictures rightly.
 */
final class RuntimesCheck implements Check {
    @Override
    public String name() {
        return "runtimes";
    }

    @Override
    public String expected(Subject subject) {
        return "%s gives the probabilities in %s; with 8 bits, balanced accuracy falls by at most %.3f"
                .formatted(ArtifactFiles.ONNX, ArtifactFiles.GOLDEN, EightBits.MOST_LOST);
    }

    @Override
    public String remedy() {
        return "run medzoo train or medzoo refit to write the graphs, then medzoo evaluate"
                + " --split test to measure 8 bits";
    }

    @Override
    public Seen look(Subject subject) throws MalformedModelException {
        ArtifactContent content = subject.content();
        if (!content.has(ArtifactFiles.ONNX)) {
            return Seen.bad("no " + ArtifactFiles.ONNX);
        }
        List<String> faults = new ArrayList<>();
        Golden golden = Golden.parse(content.file(ArtifactFiles.GOLDEN), name());
        double off = furthest(content, ArtifactFiles.ONNX, golden);
        if (!(off <= golden.tolerance())) {
            faults.add(
                    text(
                            "%s: differs by %.1e (tolerance %.1e)",
                            ArtifactFiles.ONNX, off, golden.tolerance()));
        }
        String eight = "no graph of 8 bits";
        if (content.has(ArtifactFiles.ONNX_INT8)) {
            eight = eightBits(content, golden, faults);
        }
        return Seen.of(faults, text("float32 differs by at most %.1e, %s", off, eight));
    }

    private static String eightBits(ArtifactContent content, Golden golden, List<String> faults)
            throws MalformedModelException {
        double off = furthest(content, ArtifactFiles.ONNX_INT8, golden);
        if (!Double.isFinite(off)) {
            faults.add(ArtifactFiles.ONNX_INT8 + ": its outputs are not probabilities");
        }
        if (content.predictions().isEmpty() || !content.has(ArtifactFiles.PREDICTIONS_INT8)) {
            faults.add(
                    "no %s beside %s"
                            .formatted(ArtifactFiles.PREDICTIONS_INT8, ArtifactFiles.PREDICTIONS));
            return "8 bits not measured";
        }
        byte[] csv = content.file(ArtifactFiles.PREDICTIONS_INT8);
        Regression cost =
                Regression.between(
                        content.predictions().get(),
                        TestPredictions.parse(csv, ArtifactFiles.PREDICTIONS_INT8));
        boolean good =
                cost instanceof Regression.Compared compared
                        && compared.difference().balancedAccuracy().value() >= -EightBits.MOST_LOST;
        EightBits said = content.card().eightBits();
        if (!good || said == null || !said.kept()) {
            faults.add("8 bits: %s (the card says: %s)".formatted(cost.message(), said));
        }
        return "8 bits differ by at most %.1e, %s".formatted(off, cost.message());
    }

    /** How far a golden probability is from the graph's. */
    private static double furthest(ArtifactContent content, String graph, Golden golden)
            throws MalformedModelException {
        Artifact artifact = content.artifact();
        double worst = 0;
        try (OnnxModel model =
                OnnxModel.of(artifact.name(), content.file(graph), artifact.network())) {
            for (Golden.Case one : golden.cases()) {
                byte[] tensor = content.file(ArtifactFiles.GOLDEN_FOLDER + one.tensor());
                float[] logits = logits(model, artifact.network().input(), tensor);
                double[] seen = artifact.reading().probabilities(logits);
                for (int i = 0; i < seen.length; i++) {
                    double off = Math.abs(seen[i] - one.probabilities().get(i));
                    worst = Double.isNaN(off) ? Double.POSITIVE_INFINITY : Math.max(worst, off);
                }
            }
        }
        return worst;
    }

    private static float[] logits(OnnxModel model, InputSize input, byte[] tensor) {
        NDManager manager = model.getNDManager();
        Shape shape = new Shape(1, 3, input.height(), input.width());
        ByteBuffer bytes = manager.allocateDirect(tensor.length);
        bytes.asFloatBuffer()
                .put(ByteBuffer.wrap(tensor).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
        try (NDArray picture = manager.create(bytes, shape, DataType.FLOAT32)) {
            NDList outputs =
                    model.getBlock()
                            .forward(
                                    new ParameterStore(manager, false), new NDList(picture), false);
            return outputs.get(0).toFloatArray();
        }
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
