package dev.medzoo.zoo.onnx;

import static dev.medzoo.zoo.onnx.HandMadeGraph.ANY;
import static dev.medzoo.zoo.onnx.HandMadeGraph.number;
import static dev.medzoo.zoo.onnx.HandMadeGraph.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every hostile file here is refused by name, and none of them is seen by ONNX Runtime. */
class OnnxFileTest {
    private static final List<Long> PICTURE = List.of(1L, 3L, 8L, 8L);
    private static final List<String> REFUSED = new ArrayList<>();

    @Test
    void aWholeFileSaysWhatItTakesAndGives() {
        OnnxFile file = OnnxFile.read(HandMadeGraph.whole().bytes());

        assertThat(file.input()).isEqualTo("x");
        assertThat(file.inputShape()).containsExactly(-1L, 3L, 8L, 8L);
        assertThat(file.answers(PICTURE))
                .containsEntry("y", List.of(1L, 2L))
                .containsEntry("flat", List.of(1L, 3L));
        assertThat(file.weights()).isEqualTo(6);
        assertThat(file.operatorOf("y")).isEqualTo("Gemm");
    }

    /** What PyTorch writes of {@code x.view(x.size(0), -1)}, and of a token for each picture. */
    @Test
    void shapesThatAreComputedAreFollowed() {
        byte[] file =
                HandMadeGraph.of(ANY, 3, 8, 8)
                        .whole("zero", 0)
                        .whole("rest", -1)
                        .whole("one", 1)
                        .whole("wanted", -1, 4, 192)
                        .whole("minus", -1, -1, -1)
                        .node("Shape", "x", "shape")
                        .node("Gather", "shape zero", "batch", number("axis", 0))
                        .node("Concat", "batch rest", "to", number("axis", 0))
                        .node("Reshape", "x to", "flat")
                        .node("Unsqueeze", "flat one", "row")
                        .node("Equal", "wanted minus", "open")
                        .node("Slice", "shape zero one", "first")
                        .node("Where", "open first wanted", "stretched")
                        .node("Expand", "row stretched", "y")
                        .output("y")
                        .bytes();

        assertThat(OnnxFile.read(file).answers(PICTURE)).containsEntry("y", List.of(1L, 4L, 192L));
    }

    /** What PyTorch writes of margins: last axis first, turned round and filled up with zeros. */
    @Test
    void marginsThatAreComputedAreFollowed() {
        byte[] file =
                HandMadeGraph.of(ANY, 3, 8, 8)
                        .whole("said", 1, 2, 3, 4)
                        .whole("four", 4)
                        .whole("pairs", -1, 2)
                        .whole("all", -1)
                        .whole("zero", 0)
                        .whole("minus", -1)
                        .whole("end", Long.MIN_VALUE + 1)
                        .node("ConstantOfShape", "four", "zeros", zero())
                        .node("Concat", "said zeros", "eight", number("axis", 0))
                        .node("Reshape", "eight pairs", "table")
                        .node("Slice", "table minus end zero minus", "back")
                        .node("Transpose", "back", "turned", numbers("perm", 1, 0))
                        .node("Reshape", "turned all", "pads")
                        .node("Pad", "x pads", "y")
                        .output("y")
                        .bytes();

        assertThat(OnnxFile.read(file).answers(PICTURE))
                .containsEntry("y", List.of(1L, 3L, 8L + 3 + 4, 8L + 1 + 2));
    }

    private static ProtoWriter word(String name, String word) {
        return new ProtoWriter().text(1, name).text(4, word).number(20, 3);
    }

    private static ProtoWriter zero() {
        ProtoWriter tensor = HandMadeGraph.tensorOf("", 7, 1).bytes(9, new byte[Long.BYTES]);
        return new ProtoWriter().text(1, "value").message(5, tensor).number(20, 4);
    }

    static Stream<Arguments> hostile() {
        byte[] whole = HandMadeGraph.whole().bytes();
        return Stream.of(
                arguments("nothing", new byte[0], "file: graph and opset: absent"),
                arguments("text", "not a graph".getBytes(StandardCharsets.UTF_8), "file: "),
                arguments(
                        "cut off",
                        Arrays.copyOf(whole, whole.length - 20),
                        "cut off|all there are"),
                arguments(
                        "another format in disguise",
                        new ProtoWriter().text(2, "..ORTM").copied(whole).toBytes(),
                        "file: bytes 5 to 8: ORTM, .* \\(expected: ONNX alone\\)"),
                arguments(
                        "a constant without a name",
                        HandMadeGraph.whole().whole("", 1).bytes(),
                        "without a name \\(expected: one"),
                arguments(
                        "an input that is left out, beside an output that is too",
                        HandMadeGraph.of(1, 3, 8, 8)
                                .whole("zero", 0)
                                .whole("one", 1)
                                .node("Shape", "x", "")
                                .node("Slice", "x zero ", "y")
                                .output("y")
                                .bytes(),
                        "Slice: input 2: absent \\(expected: a value\\)"),
                arguments(
                        "two graphs",
                        HandMadeGraph.whole()
                                .around(file -> file.message(7, new ProtoWriter()))
                                .bytes(),
                        "file: field 7: there twice \\(expected: once\\)"),
                arguments(
                        "training",
                        HandMadeGraph.whole()
                                .around(file -> file.message(20, new ProtoWriter()))
                                .bytes(),
                        "file: training: there \\(expected: none\\)"),
                arguments(
                        "a function",
                        HandMadeGraph.whole()
                                .around(file -> file.message(25, new ProtoWriter()))
                                .bytes(),
                        "file: a function: there \\(expected: none\\)"),
                arguments(
                        "an unknown field",
                        HandMadeGraph.whole().around(file -> file.number(40, 1)).bytes(),
                        "file: field: 40 \\(expected: one that is known here\\)"),
                arguments(
                        "data outside",
                        HandMadeGraph.whole()
                                .tensor(
                                        HandMadeGraph.tensorOf("far", 1, 4)
                                                .message(
                                                        13,
                                                        new ProtoWriter()
                                                                .text(1, "location")
                                                                .text(2, "../../etc/passwd"))
                                                .number(14, 1))
                                .bytes(),
                        "external data: location ../../etc/passwd \\(expected: none"),
                arguments(
                        "data outside, place not said",
                        HandMadeGraph.whole()
                                .tensor(HandMadeGraph.tensorOf("far", 1, 4).number(14, 1))
                                .bytes(),
                        "data: outside the file \\(expected: in it\\)"),
                arguments(
                        "a custom domain",
                        HandMadeGraph.whole()
                                .with(
                                        graph ->
                                                graph.message(
                                                        1,
                                                        HandMadeGraph.nodeOf("Run", "x", "out")
                                                                .text(7, "com.evil")))
                                .bytes(),
                        "domain of Run: com.evil \\(expected: the standard one, ai.onnx\\)"),
                arguments(
                        "a graph in a node",
                        HandMadeGraph.whole()
                                .node(
                                        "If",
                                        "x",
                                        "out",
                                        new ProtoWriter()
                                                .text(1, "then_branch")
                                                .message(6, new ProtoWriter())
                                                .number(20, 5))
                                .bytes(),
                        "a graph in node 3: there \\(expected: none in a node\\)"),
                arguments("a loop", one("Loop", "x"), "operator: Loop \\(expected: one of"),
                arguments("a tile", one("Tile", "x"), "operator: Tile \\(expected: one of"),
                arguments("a resize", one("Resize", "x"), "operator: Resize \\(expected: one of"),
                arguments("a range", one("Range", "x x x"), "operator: Range \\(expected: one of"),
                arguments("an unknown one", one("NonZero", "x"), "operator: NonZero"),
                arguments(
                        "a cycle",
                        HandMadeGraph.of(1, 3, 8, 8)
                                .node("Add", "x b", "a")
                                .node("Relu", "a", "b")
                                .output("b")
                                .bytes(),
                        "node 0, Add: input b: the output of node 1 \\(expected: .* so no cycle\\)"),
                arguments(
                        "a node of itself",
                        one("Add", "x out"),
                        "node 0, Add: input out: the output of node 0"),
                arguments(
                        "nothing given",
                        one("Relu", "nowhere"),
                        "input nowhere: produced by no node"),
                arguments(
                        "one name for two values",
                        HandMadeGraph.whole().node("Relu", "y", "flat").bytes(),
                        "node 3, Relu: output flat: there twice"),
                arguments(
                        "a huge constant",
                        HandMadeGraph.whole()
                                .tensor(HandMadeGraph.tensorOf("huge", 1, 1L << 62))
                                .bytes(),
                        "dimension: 4611686018427387904 \\(expected: 0..67108864\\)"),
                arguments(
                        "a huge product",
                        HandMadeGraph.whole()
                                .tensor(
                                        HandMadeGraph.tensorOf(
                                                "huge", 1, 1 << 20, 1 << 20, 1 << 24))
                                .bytes(),
                        "huge: shape: .* \\(expected: at most 8 dimensions and 67108864 numbers\\)"),
                arguments(
                        "a huge input",
                        HandMadeGraph.of(1, 3, 1L << 62, 8).output("x").bytes(),
                        "dimension: 4611686018427387904"),
                arguments(
                        "a negative dimension",
                        HandMadeGraph.whole().end(13, "flat", 1, -2).bytes(),
                        "dimension: -2 \\(expected: 0.."),
                arguments(
                        "nine dimensions",
                        HandMadeGraph.whole()
                                .tensor(
                                        HandMadeGraph.tensorOf(
                                                "deep", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1))
                                .bytes(),
                        "dimensions: more than 8"),
                arguments(
                        "fewer numbers than said",
                        HandMadeGraph.whole()
                                .tensor(
                                        HandMadeGraph.tensorOf("few", 1, 1000)
                                                .bytes(9, new byte[Float.BYTES]))
                                .bytes(),
                        "few: 1 numbers \\(expected: 1000, as its shape \\[1000\\] says\\)"),
                arguments(
                        "words",
                        HandMadeGraph.whole()
                                .tensor(HandMadeGraph.tensorOf("words", 8, 1).text(6, "word"))
                                .bytes(),
                        "words: there \\(expected: numbers\\)"),
                arguments(
                        "sparse numbers",
                        HandMadeGraph.whole()
                                .with(graph -> graph.message(15, new ProtoWriter()))
                                .bytes(),
                        "sparse constants: there \\(expected: none\\)"),
                arguments(
                        "a bomb of zeros",
                        HandMadeGraph.of(1, 3, 8, 8)
                                .whole("shape", 1 << 20, 1 << 20)
                                .node("ConstantOfShape", "shape", "y")
                                .output("y")
                                .bytes(),
                        "ConstantOfShape: shape: \\[1048576, 1048576\\]"),
                arguments(
                        "a bomb of copies",
                        HandMadeGraph.of(1, 3, 8, 8)
                                .whole("shape", 1 << 20, 3, 8, 8)
                                .node("Expand", "x shape", "y")
                                .output("y")
                                .bytes(),
                        "Expand: shape: \\[1048576, 3, 8, 8\\]"),
                arguments(
                        "a bomb of doublings",
                        doublings(),
                        "Concat: shape: .* at most 8 dimensions and 67108864 numbers"),
                arguments(
                        "a bomb of large values",
                        largeValues(),
                        "all values so far: \\d+ numbers \\(expected: at most 268435456\\)"),
                arguments(
                        "a bomb of work",
                        work(),
                        "node 3, MatMul: multiplications so far: \\d+ \\(expected: at most 68719476736\\)"),
                arguments(
                        "a huge pad",
                        HandMadeGraph.of(1, 3, 8, 8)
                                .whole("pads", 0, 0, 60000, 60000, 0, 0, 60000, 60000)
                                .node("Pad", "x pads", "y")
                                .output("y")
                                .bytes(),
                        "Pad: shape: \\[1, 3, 120008, 120008\\]"),
                arguments(
                        "a pad beyond all",
                        HandMadeGraph.of(1, 3, 8, 8)
                                .whole("pads", 0, 0, 1L << 62, 0, 0, 0, 0, 0)
                                .node("Pad", "x pads", "y")
                                .output("y")
                                .bytes(),
                        "pads: 4611686018427387904 \\(expected: 0..65536\\)"),
                arguments(
                        "a pad that takes away",
                        HandMadeGraph.of(1, 3, 8, 8)
                                .whole("pads", 0, 0, -9, 0, 0, 0, 0, 0)
                                .node("Pad", "x pads", "y")
                                .output("y")
                                .bytes(),
                        "pads: -9 \\(expected: 0..65536\\)"),
                arguments(
                        "a pad that mirrors more than there is",
                        HandMadeGraph.of(1, 3, 8, 8)
                                .whole("pads", 0, 0, 90, 90, 0, 0, 90, 90)
                                .node("Pad", "x pads", "y", word("mode", "reflect"))
                                .output("y")
                                .bytes(),
                        "mode: reflect \\(expected: constant\\)"),
                arguments(
                        "a divisor that becomes 0 in fewer bits",
                        HandMadeGraph.of(1, 3, 8, 8)
                                .whole("large", 1L << 32)
                                .node("Cast", "large", "less", number("to", 6))
                                .node("Div", "less less", "y")
                                .output("y")
                                .bytes(),
                        "number: 4294967296 \\(expected: one that is INT32\\)"),
                arguments(
                        "a product that becomes 0 in fewer bits",
                        HandMadeGraph.of(1, 3, 8, 8)
                                .whole("large", 1 << 16)
                                .node("Cast", "large", "same", number("to", 6))
                                .node("Mul", "same same", "y")
                                .output("y")
                                .bytes(),
                        "number: 4294967296 \\(expected: one that is INT32\\)"),
                arguments(
                        "groups of a number that nobody looks at",
                        HandMadeGraph.of(1, 3, 8, 8)
                                .floats("w", new float[3], 3)
                                .node("GroupNormalization", "x w w", "y", number("num_groups", 0))
                                .output("y")
                                .bytes(),
                        "GroupNormalization"),
                arguments(
                        "a name that steers a terminal",
                        HandMadeGraph.of(1, 3, 8, 8)
                                .node("Relu", "x", "y\u001b[2J")
                                .output("y\u001b[2J")
                                .bytes(),
                        "a name: a control character \\(expected: none\\)"),
                arguments(
                        "a convolution of huge margins",
                        HandMadeGraph.of(1, 3, 8, 8)
                                .floats("w", new float[3], 1, 3, 1, 1)
                                .node(
                                        "Conv",
                                        "x w",
                                        "y",
                                        numbers("pads", 65000, 65000, 65000, 65000))
                                .output("y")
                                .bytes(),
                        "Conv: shape: \\[1, 1, 130008, 130008\\]"),
                arguments(
                        "a stride of 0",
                        HandMadeGraph.of(1, 3, 8, 8)
                                .floats("w", new float[3], 1, 3, 1, 1)
                                .node("Conv", "x w", "y", numbers("strides", 0, 1))
                                .output("y")
                                .bytes(),
                        "strides: 0 \\(expected: 1..65536\\)"),
                arguments(
                        "a division of whole numbers by 0",
                        HandMadeGraph.of(1, 3, 8, 8)
                                .whole("zero", 0)
                                .node("Shape", "x", "shape")
                                .node("Div", "shape zero", "y")
                                .output("y")
                                .bytes(),
                        "divisor: 0 \\(expected: neither 0 nor -1\\)"),
                arguments(
                        "one axis cut twice",
                        HandMadeGraph.of(1, 3, 8, 8)
                                .whole("starts", 0, 3)
                                .whole("ends", 1, 4)
                                .whole("axes", 0, -1)
                                .node("Shape", "x", "shape")
                                .node("Slice", "shape starts ends axes", "y")
                                .output("y")
                                .bytes(),
                        "Slice: axes: \\[0, -1\\] \\(expected: distinct\\)"),
                arguments(
                        "a shape that a picture decides",
                        HandMadeGraph.of(1, 3, 8, 8)
                                .node("Cast", "x", "shape", number("to", 7))
                                .node("Reshape", "x shape", "y")
                                .output("y")
                                .bytes(),
                        "node 1, Reshape: shape: not known before the run"),
                arguments(
                        "two inputs",
                        HandMadeGraph.whole().end(11, "second", 1, 1).bytes(),
                        "graph: inputs: \\[x, second\\] \\(expected: one\\)"),
                arguments(
                        "bytes for pictures",
                        new HandMadeGraph().end(11, "x", 2, 1, 3, 8, 8).output("x").bytes(),
                        "input x: element type 2, .* \\(expected: float32, 1, with four dimensions\\)"),
                arguments("nodes without end", nodes(), "graph: nodes: more than 10000"),
                arguments(
                        "a name without end",
                        one("Relu", "x".repeat(2000)),
                        "a name: 2000 bytes \\(expected: at most 1024\\)"),
                arguments(
                        "groups in groups",
                        nested(),
                        "wire type|field: 0|field: 4|one that is known"),
                arguments("types in types", types(), "field: 4 \\(expected: a tensor alone\\)"),
                arguments(
                        "no operators of this version",
                        HandMadeGraph.whole().opset(6).bytes(),
                        "version: 6 \\(expected: one, in 7..30\\)"));
    }

    private static byte[] one(String operator, String in) {
        return HandMadeGraph.of(1, 3, 8, 8).node(operator, in, "out").output("out").bytes();
    }

    private static byte[] doublings() {
        HandMadeGraph graph = HandMadeGraph.of(1, 3, 8, 8);
        String last = "x";
        for (int i = 0; i < 60; i++) {
            graph.node("Concat", last + " " + last, "d" + i, number("axis", 0));
            last = "d" + i;
        }
        return graph.output(last).bytes();
    }

    private static byte[] largeValues() {
        HandMadeGraph graph =
                HandMadeGraph.of(1, 3, 8, 8)
                        .whole("shape", 1 << 17, 3, 8, 8)
                        .node("Expand", "x shape", "v0");
        for (int i = 0; i < 20; i++) {
            graph.node("Relu", "v" + i, "v" + (i + 1));
        }
        return graph.output("v20").bytes();
    }

    private static byte[] work() {
        return HandMadeGraph.of(1, 3, 8, 8)
                .whole("shape", 4096, 4096)
                .whole("flat", 1, 192)
                .whole("one", 192)
                .node("Reshape", "x flat", "row")
                .node("ConstantOfShape", "shape", "square")
                .node("MatMul", "square square", "once")
                .node("MatMul", "once square", "y")
                .output("y")
                .bytes();
    }

    private static byte[] nodes() {
        HandMadeGraph graph = HandMadeGraph.of(1, 3, 8, 8);
        for (int i = 0; i <= 10_000; i++) {
            graph.node("Relu", "x", "n" + i);
        }
        return graph.output("n0").bytes();
    }

    /** Begins of groups, an old kind of message that has no length. */
    private static byte[] nested() {
        byte[] groups = new byte[100_000];
        Arrays.fill(groups, (byte) (4 << 3 | 3));
        return groups;
    }

    private static byte[] types() {
        ProtoWriter type = new ProtoWriter();
        for (int i = 0; i < 1000; i++) {
            type = new ProtoWriter().message(4, new ProtoWriter().message(1, type));
        }
        ProtoWriter end = new ProtoWriter().text(1, "deep").message(2, type);
        return HandMadeGraph.whole().with(graph -> graph.message(13, end)).bytes();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void aHostileFileIsRefusedByName(String name, byte[] file, String message) {
        assertThatThrownBy(() -> OnnxFile.read(file).answers(PICTURE))
                .as(name)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*(" + message + ").*")
                .satisfies(
                        refused ->
                                REFUSED.add("| %s | %s |".formatted(name, refused.getMessage())));
    }

    /** What was tried, and what was answered. */
    @AfterAll
    static void tell() throws IOException {
        List<String> lines = new ArrayList<>(List.of("| graph | refused with |", "|---|---|"));
        lines.addAll(REFUSED);
        Files.write(Files.createDirectories(Path.of("target")).resolve("graphs.md"), lines);
    }

    @Test
    void aPictureOfAnotherSizeIsRefused() {
        OnnxFile file = OnnxFile.read(HandMadeGraph.whole().bytes());
        assertThatThrownBy(() -> file.answers(List.of(1L, 3L, 9L, 8L)))
                .hasMessage("input x: [-1, 3, 8, 8] (expected: [1, 3, 9, 8])");
    }
}
