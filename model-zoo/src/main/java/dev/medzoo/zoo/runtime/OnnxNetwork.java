package dev.medzoo.zoo.runtime;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.medzoo.translate.EngineDefaults;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.network.GraphSignature;
import dev.medzoo.zoo.network.NetworkConfig;
import dev.medzoo.zoo.network.ReferenceCounted;
import dev.medzoo.zoo.network.graph.GraphConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * The DJL block of a network that ONNX Runtime computes. It is thread safe; each call computes with
 * the number of threads in {@link EngineDefaults#THREADS}.
 */
final class OnnxNetwork extends AbstractBlock implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final GraphSignature ends;
    private final Set<String> outputs;
    private final InputSize size;
    private final ReferenceCounted open;

    /** Unused input buffers: at most as many as the most concurrent calls so far. */
    private final Deque<Input> free = new ConcurrentLinkedDeque<>();

    /** An off-heap buffer that the runtime reads, with its view for writing. */
    private record Input(OnnxTensor tensor, FloatBuffer values) {}

    private OnnxNetwork(
            OrtEnvironment environment, OrtSession session, GraphSignature ends, InputSize size) {
        this.environment = environment;
        this.session = session;
        this.ends = ends;
        outputs = Set.copyOf(ends.outputs());
        this.size = size;
        open = new ReferenceCounted(this::end);
    }

    /**
     * Validates a graph and loads it.
     *
     * @param network expected network
     * @param where what it belongs to, for messages
     * @throws MalformedModelException when {@link GraphSignature#check} or ONNX Runtime refuses it
     */
    static OnnxNetwork of(byte[] graph, NetworkConfig network, String where)
            throws MalformedModelException {
        GraphSignature ends = GraphSignature.of(network);
        ends.check(graph, where);
        OrtEnvironment environment = OnnxEnvironment.get();
        try (OrtSession.SessionOptions options = options()) {
            OrtSession session = environment.createSession(graph, options);
            return new OnnxNetwork(environment, session, ends, network.input());
        } catch (OrtException e) {
            throw new MalformedModelException("%s: %s".formatted(where, e.getMessage()), e);
        }
    }

    /** Session options with as many threads as one worker has. */
    static OrtSession.SessionOptions options() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(Integer.getInteger(EngineDefaults.THREADS, 1));
        options.setInterOpNumThreads(1);
        // The file was validated as ONNX; by default the runtime would read one with its own magic
        // as its own format.
        options.addConfigEntry("session.load_model_format", "ONNX");
        // A thread that busy-waits takes the core that another model's worker needs.
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            @Nullable PairList<String, Object> params) {
        if (training) {
            throw new UnsupportedOperationException(
                    "training: not supported by ONNX Runtime (expected: a model loaded with optEngine(\"%s\"))"
                            .formatted(PyTorchRuntime.ENGINE));
        }
        open.enter();
        try {
            return answer(inputs.singletonOrThrow());
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
        } finally {
            open.leave();
        }
    }

    private NDList answer(NDArray pictures) throws OrtException {
        FloatBuffer numbers = pictures.toByteBuffer().asFloatBuffer();
        Shape shape = pictures.getShape();
        if (!ends.isOneByOne()) {
            return lists(run(numbers, shape.getShape()), pictures.getManager());
        }
        long[] one = {1, 3, size.height(), size.width()};
        if (!shape.slice(1).equals(new Shape(one).slice(1))) {
            throw new IllegalArgumentException(
                    "pictures: %s (expected: (batch, 3, %d, %d))"
                            .formatted(shape, size.height(), size.width()));
        }
        int each = (int) new Shape(one).size();
        List<Output> all = new ArrayList<>();
        for (int i = 0; i < shape.get(0); i++) {
            List<Output> next = run(numbers.slice(i * each, each), one);
            for (int output = 0; output < next.size(); output++) {
                if (i == 0) {
                    all.add(next.get(output).ofBatch((int) shape.get(0)));
                }
                all.get(output).put(next.get(output));
            }
        }
        all.forEach(output -> output.numbers.rewind());
        return lists(all, pictures.getManager());
    }

    /** An output of the graph. */
    private static final class Output {
        final FloatBuffer numbers;
        final Shape shape;

        Output(FloatBuffer numbers, Shape shape) {
            this.numbers = numbers;
            this.shape = shape;
        }

        /** Allocates rows for a batch. */
        Output ofBatch(int batch) {
            int row = (int) shape.size();
            return new Output(FloatBuffer.allocate(batch * row), new Shape(batch, row));
        }

        void put(Output one) {
            numbers.put(one.numbers);
        }
    }

    private static NDList lists(List<Output> outputs, NDManager manager) {
        NDList lists = new NDList();
        for (Output each : outputs) {
            lists.add(manager.create(each.numbers, each.shape));
        }
        return lists;
    }

    private List<Output> run(FloatBuffer pictures, long[] shape) throws OrtException {
        boolean isLast = ends.isChannelsLast();
        Input input = input(isLast ? new long[] {1, shape[2], shape[3], shape[1]} : shape);
        input.values.clear();
        if (isLast) {
            putChannelsLast(pictures, input.values);
        } else {
            input.values.put(pictures);
        }
        try (OrtSession.Result answered =
                session.run(Map.of(ends.input(), input.tensor), outputs)) {
            List<Output> all = new ArrayList<>();
            for (String each : ends.outputs()) {
                OnnxTensor output = (OnnxTensor) answered.get(each).orElseThrow();
                FloatBuffer numbers = output.getFloatBuffer();
                boolean isAnswer = all.isEmpty();
                all.add(
                        new Output(
                                isAnswer && ends.isProbabilities() ? logits(numbers) : numbers,
                                new Shape(output.getInfo().getShape())));
            }
            return all;
        } finally {
            free.push(input);
        }
    }

    private Input input(long[] shape) throws OrtException {
        Input last = free.poll();
        if (last != null && Arrays.equals(last.tensor.getInfo().getShape(), shape)) {
            return last;
        }
        if (last != null) {
            last.tensor.close();
        }
        FloatBuffer values =
                ByteBuffer.allocateDirect(Math.toIntExact(Float.BYTES * new Shape(shape).size()))
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        return new Input(OnnxTensor.createTensor(environment, values, shape), values);
    }

    /** Writes a picture of (3, height, width) as (height, width, 3). */
    private void putChannelsLast(FloatBuffer picture, FloatBuffer to) {
        int area = size.width() * size.height();
        for (int i = 0; i < area; i++) {
            for (int channel = 0; channel < 3; channel++) {
                to.put(picture.get(channel * area + i));
            }
        }
    }

    /** Converts probabilities to logarithms; NaN stays NaN. */
    private static FloatBuffer logits(FloatBuffer probabilities) {
        FloatBuffer logits = FloatBuffer.allocate(probabilities.remaining());
        while (probabilities.hasRemaining()) {
            float one = probabilities.get();
            logits.put((float) Math.log(Math.max(one, GraphConfig.LEAST_PROBABILITY)));
        }
        return logits.rewind();
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        throw new UnsupportedOperationException(
                "output shapes: unknown to ONNX Runtime (expected: predict a picture instead)");
    }

    @Override
    public void close() {
        open.close();
    }

    private void end() {
        try {
            free.forEach(each -> each.tensor.close());
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
        }
    }
}
