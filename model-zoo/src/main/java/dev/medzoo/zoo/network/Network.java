package dev.medzoo.zoo.network;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.Pair;
import ai.djl.util.PairList;
import dev.medzoo.translate.transform.InputSize;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A network that its configuration describes: a body of convolutions, global average pooling, and
 * one or two fully connected layers.
 *
 * <p>Input: float32 (batch, 3, height, width), RGB, normalised. Output, all from one pass:
 *
 * <ol start="0">
 *   <li>the logits, float32 (batch, classes);
 *   <li>the pooled features, float32 (batch, channels);
 *   <li>the last feature map, float32 (batch, channels, height / 2ⁿ, width / 2ⁿ), n halvings.
 * </ol>
 */
public final class Network extends AbstractBlock {
    /** Axes to flip: left to right, top to bottom, both. */
    static final int[][] MIRRORS = {{3}, {2}, {2, 3}};

    private final BlockConfig config;

    private final List<Block> body = new ArrayList<>();

    /** Index of the first block of each part in the body. */
    private final List<Integer> parts = new ArrayList<>();

    private final SequentialBlock head = new SequentialBlock();

    /** How many blocks of the body are frozen. */
    private int frozen;

    private @Nullable BFloat16 narrow;
    private @Nullable ReferenceCounted owner;

    public Network(BlockConfig config) {
        this.config = config;
        for (BlockConfig.Named each : config.body()) {
            if (!isHalving(each.block())) {
                parts.add(body.size());
            }
            body.add(addChildBlock(each.name(), each.block()));
        }
        if (config.fcUnits() > 0) {
            head.add(Linear.builder().setUnits(config.fcUnits()).build());
            head.add(Activation.reluBlock());
        }
        head.add(Dropout.builder().optRate((float) config.dropout()).build());
        head.add(Linear.builder().setUnits(config.classes()).build());
        addChildBlock("Head", head);
    }

    /** Whether a block of a body only downsamples. */
    static boolean isHalving(Block block) {
        return block instanceof LambdaBlock;
    }

    /** Stem, stages and the pooling between them, in forward order. */
    List<Block> body() {
        return body;
    }

    /** The fully connected layers: linear and ReLU if there are hidden units, dropout, linear. */
    SequentialBlock head() {
        return head;
    }

    /** What this network was built from. */
    public BlockConfig config() {
        return config;
    }

    /** Initialises every weight from a seed; batch norms start as the identity, biases at 0. */
    public void initialize(NDManager manager, long seed) {
        setInitializer(new HeInitializer(seed), Parameter.Type.WEIGHT);
        initialize(manager, DataType.FLOAT32, inputShape(1));
    }

    /**
     * A network of the same shape with the same parameters.
     *
     * @param manager that owns them
     */
    public Network copy(NDManager manager) {
        return copy(config, manager);
    }

    /** Copies the network for another input size. */
    public Network copy(InputSize input, NDManager manager) {
        return copy(config.withInput(input), manager);
    }

    private Network copy(BlockConfig like, NDManager manager) {
        Network copy = new Network(like);
        copy.setInitializer(Initializer.ZEROS, Parameter.Type.WEIGHT);
        copy.initialize(manager, DataType.FLOAT32, copy.inputShape(1));
        copy.copyFrom(this);
        return copy;
    }

    /** Number of parameters, running statistics included. */
    public long parameterCount() {
        return getParameters().values().stream()
                .mapToLong(parameter -> parameter.getArray().size())
                .sum();
    }

    /** The shape of a batch of pictures: (batch, 3, height, width). */
    public Shape inputShape(int batch) {
        return new Shape(batch, 3, config.input().height(), config.input().width());
    }

    /**
     * Copies a trained network's parameters, all but the last layer's: the head replacement of
     * transfer learning. This network must be initialised; the other keeps its arrays.
     *
     * @throws IllegalArgumentException where a layer of this network has another shape
     */
    public void transferFrom(Network trained) {
        Block logits = head.getChildren().get(head.getChildren().size() - 1).getValue();
        copy(trained, logits.getParameters().values());
    }

    /**
     * Copies all parameters of a network of the same shape.
     *
     * @throws IllegalArgumentException where a layer of this network has another shape
     */
    public void copyFrom(Network other) {
        copy(other, List.of());
    }

    /** Whether both are networks of one configuration with the same weights, to the last bit. */
    public boolean hasWeightsOf(Network other) {
        return config.equals(other.config) && bits().equals(other.bits());
    }

    private Map<String, ByteBuffer> bits() {
        return getParameters().stream()
                .collect(
                        Collectors.toMap(
                                Pair::getKey, of -> of.getValue().getArray().toByteBuffer()));
    }

    private void copy(Network from, List<Parameter> butThese) {
        Map<String, Parameter> theirs =
                from.getParameters().stream()
                        .collect(Collectors.toMap(Pair::getKey, Pair::getValue));
        for (Pair<String, Parameter> mine : getParameters()) {
            if (!butThese.contains(mine.getValue())) {
                copy(mine.getKey(), theirs.get(mine.getKey()), mine.getValue().getArray());
            }
        }
    }

    private static void copy(String name, @Nullable Parameter from, NDArray into) {
        if (from == null || !from.getArray().getShape().equals(into.getShape())) {
            throw new IllegalArgumentException(
                    "transfer: %s is %s in the trained network (expected: %s)"
                            .formatted(
                                    name,
                                    from == null ? "absent" : from.getArray().getShape(),
                                    into.getShape()));
        }
        from.getArray().copyTo(into);
    }

    /**
     * One part's parameters.
     *
     * @param part from 0, the stem, to {@link #parts()} - 1, the last stage
     */
    public List<Parameter> partParameters(int part) {
        return body.get(parts.get(part)).getParameters().values();
    }

    /** The fully connected layers' parameters, which a transfer trains at the highest rate. */
    public List<Parameter> headParameters() {
        return head.getParameters().values();
    }

    /**
     * Switches the body's convolutions to bfloat16, for speed. Weights, batch norm statistics and
     * the head stay float32, and the choice is not saved. On a CPU where oneDNN's convolutions are
     * wrong everything stays float32: PyTorch has no correct bfloat16 without oneDNN.
     *
     * @param manager on the device of this network's parameters, open as long as it computes
     */
    public void computeInBFloat16(NDManager manager) {
        if (ConvolutionCheck.leavesBFloat16(manager)) {
            narrow = new BFloat16(manager);
        }
    }

    /** How many parts {@link #freeze} can take: the stem, then each stage. */
    public int parts() {
        return parts.size();
    }

    /**
     * Freezes the first parts and unfreezes the rest. Frozen batch norms do not update their
     * running statistics: a frozen part runs as in inference.
     *
     * @param first from 0, nothing, to {@link #parts()}, all but the head
     */
    public void freeze(int first) {
        if (first < 0 || first > parts()) {
            throw new IllegalArgumentException(
                    "freeze: %d parts (expected: 0..%d)".formatted(first, parts()));
        }
        frozen = first == parts() ? body.size() : parts.get(first);
        for (int i = 0; i < body.size(); i++) {
            setFrozen(body.get(i), i < frozen);
        }
        setFrozen(head, false);
    }

    /** Running statistics are never trained: the engine would refuse a gradient for them. */
    private static void setFrozen(Block block, boolean freeze) {
        for (Parameter parameter : block.getParameters().values()) {
            boolean statistic =
                    parameter.getType() == Parameter.Type.RUNNING_MEAN
                            || parameter.getType() == Parameter.Type.RUNNING_VAR;
            parameter.freeze(freeze || statistic);
        }
    }

    /**
     * Counts every later computation in {@code owner}, so that arrays are not freed during one.
     *
     * @param owner of this network's arrays
     */
    public void ownedBy(ReferenceCounted owner) {
        this.owner = owner;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            @Nullable PairList<String, Object> params) {
        if (owner == null) {
            return answer(store, inputs, training);
        }
        owner.enter();
        try {
            return answer(store, inputs, training);
        } finally {
            owner.leave();
        }
    }

    private NDList answer(ParameterStore store, NDList inputs, boolean training) {
        NDList seen = look(store, inputs, training);
        return training || !config.flips() ? seen : overFlips(store, inputs, seen);
    }

    private NDList look(ParameterStore store, NDList inputs, boolean training) {
        NDArray featureMap =
                narrow == null
                        ? body(store, inputs, training)
                        : narrowBody(narrow, store, inputs, training);
        NDArray pooled = pool(featureMap);
        NDArray logits = head.forward(store, new NDList(pooled), training).singletonOrThrow();
        return new NDList(logits, pooled, featureMap);
    }

    private static NDArray pool(NDArray featureMap) {
        return featureMap.mean(new int[] {3}).mean(new int[] {2});
    }

    /** Logits of the body's last feature map, outside training. */
    NDArray logits(ParameterStore store, NDArray featureMap) {
        return head.forward(store, new NDList(pool(featureMap)), false).singletonOrThrow();
    }

    /** Applies blocks of the body in order, outside training. */
    NDArray through(ParameterStore store, NDArray x, List<Block> blocks) {
        NDList passing = new NDList(x);
        for (Block block : blocks) {
            passing = block.forward(store, passing, false);
        }
        return passing.singletonOrThrow();
    }

    /** Number of blocks of the body up to the end of a part, without its pooling. */
    int partEnd(int part) {
        return parts.get(part) + 1;
    }

    /** Logits and features averaged over the mirror images; the map is the picture's own. */
    private NDList overFlips(ParameterStore store, NDList inputs, NDList seen) {
        NDArray logits = seen.get(0);
        NDArray pooled = seen.get(1);
        for (int[] axes : MIRRORS) {
            NDArray mirrored = inputs.singletonOrThrow().flip(axes);
            NDList other = look(store, new NDList(mirrored), false);
            logits = logits.add(other.get(0));
            pooled = pooled.add(other.get(1));
        }
        int views = MIRRORS.length + 1;
        return new NDList(logits.div(views), pooled.div(views), seen.get(2));
    }

    private NDArray body(ParameterStore store, NDList inputs, boolean training) {
        NDList x = inputs;
        for (int i = 0; i < body.size(); i++) {
            x = body.get(i).forward(store, x, training && i >= frozen);
        }
        return x.singletonOrThrow();
    }

    private NDArray narrowBody(BFloat16 type, ParameterStore store, NDList in, boolean training) {
        NDArray pictures = in.singletonOrThrow();
        NDManager manager = pictures.getManager();
        ParameterStore weights = new BFloat16Weights(store, type, manager);
        NDList narrowed = new NDList(type.narrow(pictures, manager));
        return type.widen(body(weights, narrowed, training));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
        ConvolutionCheck.pass(manager);
        Shape[] x = shapes;
        for (Block part : body) {
            part.initialize(manager, type, x);
            x = part.getOutputShapes(x);
        }
        head.initialize(manager, type, pooled(x[0]));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape[] x = inputs;
        for (Block part : body) {
            x = part.getOutputShapes(x);
        }
        Shape pooled = pooled(x[0]);
        return new Shape[] {new Shape(pooled.get(0), config.classes()), pooled, x[0]};
    }

    private static Shape pooled(Shape featureMap) {
        return new Shape(featureMap.get(0), featureMap.get(1));
    }

    /**
     * Reads what {@link #saveParameters} wrote, with a reader that validates everything. DJL's own
     * reader allocates whatever a file asks for and accepts any shape and number.
     *
     * @throws MalformedModelException when it is not exactly what this configuration declares, or a
     *     number is not finite
     */
    @Override
    public void loadParameters(NDManager manager, DataInputStream saved)
            throws IOException, MalformedModelException {
        setInitializer((arrays, shape, type) -> arrays.zeros(new Shape(0)), any -> true);
        InputSize smallest = config.smallestInput();
        Shape drawn = new Shape(1, 3, smallest.height(), smallest.width());
        initialize(manager, DataType.FLOAT32, drawn);
        SavedParameters.read(this, manager, saved);
        inputShapes = new Shape[] {inputShape(1)};
    }
}
