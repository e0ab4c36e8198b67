package dev.medzoo.serving.oip;

import static dev.medzoo.serving.oip.RestBody.binary;
import static dev.medzoo.serving.oip.RestBody.images;
import static dev.medzoo.serving.oip.RestBody.json;
import static dev.medzoo.serving.oip.RestBody.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
class RestRefusalTest {
    private static final String FULL_SHAPE = "[1,3,128,128]";
    private static final String BYTES_SIZE = String.valueOf(4 * 3 * 128 * 128);

    private static RealSkin skin;
    private static OipRest rest;

    @BeforeAll
    static void load() throws Exception {
        skin = new RealSkin();
        rest = skin.rest(4);
    }

    @AfterAll
    static void close() {
        skin.close();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void refuses(String body, String message) {
        RestAsked asked = RestAsked.json(rest, body);

        assertThat(asked.status()).isEqualTo(400);
        assertThat(asked.error()).startsWith(message).hasSizeLessThan(600);
        assertThat(asked.reply().contentType()).isEqualTo("application/json");
        assertThat(skin.asks).isEmpty();
    }

    static Stream<Arguments> bodies() {
        String long600 = "x".repeat(600);
        return Stream.of(
                arguments("", "body: the end (expected: an object)"),
                arguments("[]", "body: start_array (expected: an object)"),
                arguments("{", "body: no JSON ("),
                arguments("{}", "inputs: missing"),
                arguments("{\"inputs\":3}", "inputs: value_number_int (expected: an array)"),
                arguments("{\"inputs\":[]}", "inputs[0]: end_array (expected: an object)"),
                arguments("{\"inputs\":[{}]}", "inputs[0].name: missing"),
                arguments("{\"inputs\":[],\"inputs\":[]}", "inputs[0]: end_array"),
                arguments(names("{", "}"), "body: too many names (expected: at most 10000)"),
                arguments(
                        with(images(0), "\"parameters\":" + names("{", "}")),
                        "body: too many names (expected: at most 10000)"),
                arguments(
                        with(images(0), "\"other\":[[" + names("{", "}") + "]]"),
                        "body: too many names (expected: at most 10000)"),
                arguments(
                        with(images(0), "\"other\":[" + names("{", "},{", "}") + "]"),
                        "body: too many names (expected: at most 10000)"),
                arguments(with(images(0), "\"" + "x".repeat(1001) + "\":1"), "body: no JSON (Name"),
                arguments(images(0) + "{}", "body: start_object (expected: nothing after"),
                arguments("{\"id\":7}", "id: value_number_int (expected: a text)"),
                arguments("{\"id\":\"\",\"id\":\"\"}", "body: no JSON (Duplicate field 'id')"),
                arguments(
                        images(0).replace("}]}", "},{}]}"),
                        "inputs: start_object (expected: exactly one, image or tensor)"),
                arguments(json("eye", "BYTES", "[1]", "[]"), "inputs[0].name: eye (expected:"),
                arguments(json(long600, "BYTES", "[1]", "[]"), "inputs[0].name: xxxx"),
                arguments(json("image", "UINT8", "[1]", "[]"), "image: datatype UINT8 (expected"),
                arguments(json("tensor", "FP64", FULL_SHAPE, "[]"), "tensor: datatype FP64 (exp"),
                arguments(json("image", "BYTES", "[]", "[]"), "image: shape [] (expected: [n] or"),
                arguments(json("image", "BYTES", "[1,2]", "[]"), "image: shape [1, 2] (expected:"),
                arguments(json("image", "BYTES", "[0]", "[]"), "image: 0 pictures (expected: 1..4"),
                arguments(json("image", "BYTES", "[-1]", "[]"), "image: -1 pictures"),
                arguments(json("image", "BYTES", "[5]", "[]"), "image: 5 pictures"),
                arguments(
                        json("image", "BYTES", "[1.0]", "[]"), "inputs[0].shape: value_number_fl"),
                arguments(
                        json("image", "BYTES", "[9223372036854775808]", "[]"),
                        "body: no JSON (Num"),
                arguments(
                        json("tensor", "FP32", "[3,128]", "[]"),
                        "tensor: shape [3, 128] (expected"),
                arguments(
                        json("tensor", "FP32", "[1,3,128,64]", "[]"),
                        "tensor: shape [1, 3, 128, 64] (expected: [n, 3, 128, 128])"),
                arguments(
                        json("tensor", "FP32", "[4611686018427387905,3,128,128]", "[]"),
                        "tensor: 4611686018427387905 pictures (expected: 1..4)"),
                arguments(
                        json("tensor", "FP32", FULL_SHAPE, "[]"),
                        "tensor: 0 numbers (expected: 49152"),
                arguments(
                        json("tensor", "FP32", FULL_SHAPE, "[1,2]"), "tensor: 2 numbers (expected"),
                arguments(
                        json("tensor", "FP32", FULL_SHAPE, "[[1,2]]"), "inputs[0].data: nested as"),
                arguments(json("tensor", "FP32", FULL_SHAPE, "[[1],2]"), "inputs[0].data: ragged"),
                arguments(json("tensor", "FP32", FULL_SHAPE, "[1,[2]]"), "inputs[0].data: ragged"),
                arguments(
                        json("tensor", "FP32", FULL_SHAPE, "[[1],[2,3]]"),
                        "inputs[0].data: ragged"),
                arguments(json("tensor", "FP32", FULL_SHAPE, "[[1],[]]"), "inputs[0].data: ragged"),
                arguments(
                        json("tensor", "FP32", FULL_SHAPE, "[[[[[[[[[1]]]]]]]]]"),
                        "inputs[0].data: nested d"),
                arguments(
                        json("tensor", "FP32", FULL_SHAPE, "[true]"),
                        "inputs[0].data: true (expected"),
                arguments(
                        json("tensor", "FP32", FULL_SHAPE, "[null]"),
                        "inputs[0].data: null (expected"),
                arguments(
                        json("tensor", "FP32", FULL_SHAPE, "[{}]"), "inputs[0].data: { (expected"),
                arguments(
                        json("tensor", "FP32", FULL_SHAPE, "[NaN]"), "body: no JSON (Non-standard"),
                arguments(json("tensor", "FP32", FULL_SHAPE, "7"), "inputs[0].data: not an array"),
                arguments(
                        json("tensor", "FP32", FULL_SHAPE, "[\"AAAA\"]"),
                        "tensor: texts (expected"),
                arguments(json("image", "BYTES", "[1]", "[1]"), "image: numbers (expected"),
                arguments(
                        json("image", "BYTES", "[1]", "[\"AAAA\",1]"),
                        "inputs[0].data: too many numbers"),
                arguments(
                        json("image", "BYTES", "[1]", "[1,\"AAAA\"]"),
                        "inputs[0].data: too many texts"),
                arguments(
                        json("image", "BYTES", "[1]", "[\"%\"]"),
                        "inputs[0].data: element 0 is not"),
                arguments(
                        json("image", "BYTES", "[2]", "[\"AAAA\"]"),
                        "image: 1 elements (expected: 2"),
                arguments(
                        json("image", "BYTES", "[1]", "[\"\",\"\",\"\",\"\",\"\"]"),
                        "inputs[0].data: too many texts"),
                arguments(
                        json("image", "BYTES", "[1]", "[\"AAAA\"").replace("}", ""),
                        "body: no JSON"),
                arguments(
                        with(images(0), "\"outputs\":[{\"name\":\"mask\"}]"),
                        "output: mask (expected one of: [probabilities, label, abstained, set, out_"),
                arguments(
                        with(images(0), "\"outputs\":[{\"name\":\"set\"},{\"name\":\"set\"}]"),
                        "output: set twice (expected: once)"),
                arguments(with(images(0), "\"outputs\":[{}]"), "outputs.name: missing"),
                arguments(with(images(0), "\"outputs\":[7]"), "outputs: value_number_int"),
                arguments(with(images(0), "\"parameters\":7"), "parameters: value_number_int"),
                arguments(
                        with(images(0), "\"parameters\":{\"binary_data_output\":[1]}"),
                        "parameters.binary_data_output: a list or an object (expected: a text"),
                arguments(
                        with(images(0), "\"parameters\":{\"binary_data_output\":1}"),
                        "binary_data_output: 1 (expected: true or false)"),
                arguments(
                        images(0)
                                .replace(
                                        "\"data\"",
                                        "\"parameters\":{\"content_type\":\"np\"},\"data\""),
                        "content_type: np (expected: base64)"),
                arguments(
                        images(0)
                                .replace(
                                        "\"data\"",
                                        "\"parameters\":{\"binary_data_size\":0},\"data\""),
                        "inputs[0]: both (expected: either"),
                arguments(
                        images(0)
                                .replace(
                                        "\"data\"",
                                        "\"parameters\":{\"binary_data_size\":4},\"data\""),
                        "binary_data_size: 4 (expected: the 0 bytes after the JSON)"),
                arguments(
                        images(0).replace("\"data\"", "\"none\""),
                        "inputs[0]: neither (expected: e"));
    }

    @Test
    void refusesAMillionValuesThatNobodyAskedFor() {
        String many = "\"other\":[[" + "7,".repeat(1_000_000) + "7]]";

        RestAsked asked = RestAsked.json(rest, with(images(0), many));

        assertThat(asked.error())
                .isEqualTo("body: too many values in unknown fields (expected: at most 1000000)");
    }

    /** More of them than an honest body has. */
    private static String names(String open, String close) {
        return names(open, ",", close);
    }

    private static String names(String open, String between, String close) {
        return IntStream.range(0, 10_001)
                .mapToObj("\"%07d\":1"::formatted)
                .collect(Collectors.joining(between, open, close));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void refusesABinaryPart(String json, byte[] after, String message) {
        RestAsked asked = RestAsked.binary(rest, json, after);

        assertThat(asked.status()).isEqualTo(400);
        assertThat(asked.error()).startsWith(message);
    }

    static Stream<Arguments> parts() {
        byte[] tensor = Drawn.tensor(0);
        byte[] shorter = Arrays.copyOf(tensor, tensor.length - 4);
        byte[] file = Drawn.elements(Drawn.file(0));
        byte[] cut = Arrays.copyOf(file, file.length - 1);
        byte[] more = Arrays.copyOf(file, file.length + 3);
        return Stream.of(
                arguments(
                        binary("tensor", "FP32", FULL_SHAPE, shorter.length),
                        shorter,
                        "tensor: 196604 bytes (expected: " + BYTES_SIZE),
                arguments(
                        binary("tensor", "FP32", FULL_SHAPE, tensor.length),
                        shorter,
                        "binary_data_size: 196608 (expected: the 196604 bytes after"),
                arguments(binary("tensor", "FP32", FULL_SHAPE, -1), tensor, "binary_data_size: -1"),
                arguments(
                        binary("tensor", "FP32", FULL_SHAPE, Long.MAX_VALUE),
                        tensor,
                        "binary_data_size: 9223372036854775807"),
                arguments(images(0), file, "binary_data_size: none"),
                arguments(
                        binary("image", "BYTES", "[1]", cut.length),
                        cut,
                        "image: element 0 is %d bytes long".formatted(file.length - 4)),
                arguments(
                        binary("image", "BYTES", "[1]", more.length),
                        more,
                        "image: element 1 is 4 bytes long (expected: at most the 3 that follow)"),
                arguments(
                        binary("image", "BYTES", "[2]", file.length),
                        file,
                        "image: 1 elements (expected: 2"),
                arguments(
                        binary("image", "BYTES", "[1]", 4),
                        new byte[] {-1, -1, -1, -1},
                        "image: element 0 is 4294967295 bytes long"),
                arguments(
                        binary("image", "BYTES", "[1]", 40_000),
                        new byte[40_000],
                        "image: more elements (expected: 1"));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void refusesAJsonLength(String length) {
        byte[] body = images(0).getBytes(StandardCharsets.UTF_8);

        RestAsked asked = RestAsked.body(rest, length, body);

        assertThat(asked.status()).isEqualTo(400);
        assertThat(asked.error()).startsWith("inference-header-content-length: " + length);
    }

    static Stream<String> lengths() {
        return Stream.of("", "x", "-1", "1.0", "999999999", "4294967295", "99999999999999999999");
    }

    @Test
    void refusesNumbersThatAreNotFinite() {
        byte[] tensor = new byte[4 * 3 * 128 * 128];
        tensor[6] = (byte) 0xc0;
        tensor[7] = 0x7f;

        RestAsked asked =
                RestAsked.binary(rest, binary("tensor", "FP32", FULL_SHAPE, tensor.length), tensor);

        assertThat(asked.status()).isEqualTo(400);
        assertThat(asked.error()).isEqualTo("input: NaN at 1 (expected: a finite number)");
        skin.asks.clear();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void answersNoiseWithA400(long seed) {
        Random random = new Random(seed);
        byte[] good = good();
        for (int i = 0; i < 200; i++) {
            byte[] body = i % 4 == 0 ? new byte[random.nextInt(200)] : good.clone();
            if (i % 4 == 0) {
                random.nextBytes(body);
            }
            // Only the JSON: a picture with another pixel is still a picture.
            for (int flips = 1 + random.nextInt(8); flips > 0 && body.length > 0; flips--) {
                body[random.nextInt(Math.min(body.length, 150))] = (byte) random.nextInt();
            }
            String length = random.nextInt(3) == 0 ? "" + random.nextInt(300) : "" + jsonLength();
            int status = RestAsked.body(rest, length, body).status();

            assertThat(status).as("seed %d, body %d", seed, i).isIn(200, 400);
        }
        skin.asks.clear();
    }

    static LongStream seeds() {
        return LongStream.range(0, 10);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void answersANoisyBinaryPartWithA400(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            String json =
                    random.nextBoolean()
                            ? binary("image", "BYTES", "[1]", noise.length)
                            : binary("tensor", "FP32", FULL_SHAPE, noise.length);

            assertThat(RestAsked.binary(rest, json, noise).status()).isEqualTo(400);
        }
        skin.asks.clear();
    }

    private static byte[] good() {
        byte[] file = Drawn.elements(Drawn.file(0));
        byte[] json = binary("image", "BYTES", "[1]", file.length).getBytes(StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOf(json, json.length + file.length);
        System.arraycopy(file, 0, body, json.length, file.length);
        return body;
    }

    private static int jsonLength() {
        byte[] file = Drawn.elements(Drawn.file(0));
        return binary("image", "BYTES", "[1]", file.length).length();
    }
}
