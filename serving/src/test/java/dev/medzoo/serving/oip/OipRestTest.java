package dev.medzoo.serving.oip;

import static dev.medzoo.serving.oip.RestBody.binary;
import static dev.medzoo.serving.oip.RestBody.flat;
import static dev.medzoo.serving.oip.RestBody.images;
import static dev.medzoo.serving.oip.RestBody.json;
import static dev.medzoo.serving.oip.RestBody.nested;
import static dev.medzoo.serving.oip.RestBody.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.translate.finding.Finding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class OipRestTest {
    private static RealSkin skin;
    private static OipRest rest;

    @BeforeAll
    static void load() throws Exception {
        skin = new RealSkin();
        rest = skin.rest(8);
    }

    @AfterAll
    static void close() {
        skin.close();
    }

    @Test
    void describesTheServer() {
        RestAsked server = RestAsked.of(rest.server());

        assertThat(server.status()).isEqualTo(200);
        assertThat(server.reply().contentType()).isEqualTo("application/json");
        assertThat(server.at("/name").asText()).isEqualTo("medzoo");
        assertThat(server.at("/version").asText()).isEqualTo("0.1.0");
        assertThat(server.at("/extensions").toString()).isEqualTo("[\"binary_tensor_data\"]");
    }

    @Test
    void saysWhetherItIsLiveAndReady() {
        assertThat(RestAsked.of(rest.live()).at("/live").asBoolean()).isTrue();
        assertThat(rest.ready().status()).isEqualTo(200);
        assertThat(RestAsked.of(rest.modelReady(RealSkin.NAME, "stable")).at("").toString())
                .isEqualTo("{\"name\":\"pretrained-skin\",\"ready\":true}");
        skin.ready = false;
        try {
            assertThat(rest.live().status()).isEqualTo(200);
            assertThat(rest.ready().status()).isEqualTo(400);
            assertThat(RestAsked.of(rest.ready()).at("").toString()).isEqualTo("{\"ready\":false}");
        } finally {
            skin.ready = true;
        }
    }

    @Test
    void saysThatAModelWithoutItsWorkersIsNotReady() throws Exception {
        RealSkin gone = new RealSkin();
        gone.close();
        RestAsked asked = RestAsked.of(gone.rest(1).modelReady(RealSkin.NAME, null));
        assertThat(asked.status()).isEqualTo(400);
        assertThat(asked.at("").toString())
                .isEqualTo("{\"name\":\"pretrained-skin\",\"ready\":false}");
    }

    @Test
    void describesAModel() {
        RestAsked model = RestAsked.of(rest.model(RealSkin.NAME, RealSkin.VERSION));

        assertThat(model.at("/name").asText()).isEqualTo(RealSkin.NAME);
        assertThat(model.at("/versions").toString()).isEqualTo("[\"1.0.0\"]");
        assertThat(model.at("/platform").asText()).isEqualTo("medzoo_djl");
        assertThat(model.at("/inputs").toString())
                .isEqualTo(
                        "[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[-1]},"
                                + "{\"name\":\"tensor\",\"datatype\":\"FP32\","
                                + "\"shape\":[-1,3,128,128]}]");
        assertThat(model.at("/outputs").findValuesAsText("name"))
                .containsExactly(
                        "probabilities", "label", "abstained", "set", "out_of_distribution");
        assertThat(model.at("/outputs/0/shape").toString()).isEqualTo("[-1,7]");
        assertThat(model.at("/properties/labels").asText())
                .isEqualTo("akiec,bcc,bkl,df,mel,nv,vasc");
        assertThat(model.at("/properties/notice").asText()).isEqualTo(Finding.NOTICE);
    }

    @Test
    void knowsNoOtherModel() {
        for (Reply reply :
                List.of(
                        rest.model("eye", null),
                        rest.model(RealSkin.NAME, "9.9.9"),
                        rest.modelReady("eye", null),
                        RestAsked.infer(rest, "eye", null, new byte[0]))) {
            assertThat(reply.status()).isEqualTo(404);
            assertThat(RestAsked.of(reply).error()).startsWith("Model or workflow not found: ");
        }
    }

    @Test
    void findsWhatTheGoldensSay() {
        RestAsked asked = RestAsked.json(rest, images(0, 1, 2));

        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.at("/outputs/0/shape").toString()).isEqualTo("[3,7]");
        List<Float> golden = new ArrayList<>();
        IntStream.range(0, 3).forEach(i -> golden.addAll(Drawn.probabilities(i)));
        assertClose(asked.probabilities(), golden, 1e-4f);
        assertThat(asked.at("/model_name").asText()).isEqualTo(RealSkin.NAME);
        assertThat(asked.at("/model_version").asText()).isEqualTo(RealSkin.VERSION);
        assertThat(asked.at("/id").isMissingNode()).isTrue();
        assertThat(asked.at("/parameters/digest").asText()).isEqualTo(skin.identity().digest());
        assertThat(asked.at("/parameters/runtime").asText()).isEqualTo("pytorch");
        assertThat(asked.at("/parameters/notice").asText()).isEqualTo(Finding.NOTICE);
        assertThat(asked.at("/outputs/1/data").toString()).isEqualTo("[\"vasc\",\"vasc\",\"mel\"]");
        assertThat(asked.at("/outputs/2/data").toString()).isEqualTo("[false,false,false]");
        assertThat(asked.at("/outputs/3/parameters/coverage").asDouble()).isEqualTo(0.9);
        assertThat(asked.at("/outputs/3/data/1").asText()).isEqualTo("vasc");
        assertThat(asked.at("/outputs/4/parameters/threshold").asDouble()).isPositive();
        assertThat(asked.at("/outputs/4/data/2").asDouble()).isPositive();
    }

    @Test
    void takesNestedFlatAndBinaryForTheSame() {
        List<Float> flat = probabilities(json("tensor", "FP32", "[1,3,128,128]", flat(0)));

        assertThat(probabilities(json("tensor", "FP32", "[3,128,128]", flat(0)))).isEqualTo(flat);
        assertThat(probabilities(json("tensor", "FP32", "[1,3,128,128]", "[" + nested(0) + "]")))
                .isEqualTo(flat);
        assertThat(probabilities(json("tensor", "FP32", "[3,128,128]", nested(0)))).isEqualTo(flat);
        byte[] raw = Drawn.tensor(0);
        RestAsked binary =
                RestAsked.binary(rest, binary("tensor", "FP32", "[1,3,128,128]", raw.length), raw);
        assertThat(binary.probabilities()).isEqualTo(flat);
        assertClose(flat, Drawn.probabilities(0), 1e-4f);
    }

    @Test
    void takesPicturesInEveryForm() {
        List<Float> expected = probabilities(images(0, 1));

        String column = "[[\"%s\"],[\"%s\"]]".formatted(Drawn.base64(0), Drawn.base64(1));
        assertThat(probabilities(json("image", "BYTES", "[2,1]", column))).isEqualTo(expected);
        byte[] raw = Drawn.elements(Drawn.file(0), Drawn.file(1));
        RestAsked binary = RestAsked.binary(rest, binary("image", "BYTES", "[2]", raw.length), raw);
        assertThat(binary.probabilities()).isEqualTo(expected);
        String said =
                images(0, 1)
                        .replace(
                                "\"shape\"",
                                "\"parameters\":{\"content_type\":\"base64\"},\"shape\"");
        assertThat(probabilities(said)).isEqualTo(expected);
    }

    @Test
    void readsTheFieldsInAnyOrderAndPassesOverOthers() {
        String json =
                "{\"more\":[{\"deep\":[1]}],\"inputs\":[{\"data\":[\"%s\"],\"x\":null,"
                                .formatted(Drawn.base64(0))
                        + "\"datatype\":\"BYTES\",\"shape\":[1],\"name\":\"image\"}],"
                        + "\"parameters\":{\"mine\":1.5},\"id\":\"7\"}";

        RestAsked asked = RestAsked.json(rest, json);

        assertThat(asked.status()).as(asked.error()).isEqualTo(200);
        assertThat(asked.at("/id").asText()).isEqualTo("7");
    }

    @Test
    void givesTheOutputsThatAreAskedForInTheirOrder() {
        RestAsked asked =
                RestAsked.json(
                        rest,
                        with(images(0), "\"outputs\":[{\"name\":\"set\"},{\"name\":\"label\"}]"));

        assertThat(asked.at("/outputs").findValuesAsText("name")).containsExactly("set", "label");
    }

    @Test
    void givesOutputsInTheBinaryForm() {
        RestAsked asked =
                RestAsked.json(
                        rest, with(images(0, 1), "\"parameters\":{\"binary_data_output\":true}"));

        assertThat(asked.reply().contentType()).isEqualTo("application/octet-stream");
        assertThat(asked.at("/outputs/0/data").isMissingNode()).isTrue();
        ByteBuffer after = ByteBuffer.wrap(asked.after()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(asked.at("/outputs/0/parameters/binary_data_size").asInt()).isEqualTo(56);
        List<Float> probabilities = new ArrayList<>();
        IntStream.range(0, 14).forEach(i -> probabilities.add(after.getFloat()));
        assertThat(probabilities).isEqualTo(probabilities(images(0, 1)));
        assertThat(asked.at("/outputs/1/parameters/binary_data_size").asInt()).isEqualTo(16);
        assertThat(text(after)).isEqualTo("vasc");
        assertThat(text(after)).isEqualTo("vasc");
        assertThat(after.getShort()).isZero();
        assertThat(text(after)).startsWith("vasc");
        assertThat(text(after)).startsWith("vasc");
        assertThat(after.remaining()).isEqualTo(8);
    }

    @Test
    void mixesTheBinaryFormWithJson() {
        RestAsked asked =
                RestAsked.json(
                        rest,
                        with(
                                images(0),
                                "\"parameters\":{\"binary_data_output\":true},\"outputs\":["
                                        + "{\"name\":\"label\",\"parameters\":{\"binary_data\":false}},"
                                        + "{\"name\":\"abstained\"}]"));

        assertThat(asked.at("/outputs/0/data/0").asText()).isEqualTo("vasc");
        assertThat(asked.after()).containsExactly(0);
    }

    @Test
    void saysWhichPictureIsBad() {
        String json = json("image", "BYTES", "[2]", "[\"%s\",\"AAAA\"]".formatted(Drawn.base64(0)));

        RestAsked asked = RestAsked.json(rest, json);

        assertThat(asked.status()).isEqualTo(400);
        assertThat(asked.error()).startsWith("picture 1: ");
        assertThat(asked.at("").size()).isEqualTo(1);
    }

    @Test
    void passesOnWhyThereIsNoAnswer() {
        Refusal full = Refusal.later(Refusal.Kind.QUEUE_FULL, "queue: full", Duration.ofSeconds(3));
        skin.hold = CompletableFuture.failedFuture(new RefusedException(full));
        try {
            RestAsked refused = RestAsked.json(rest, images(0));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.error()).isEqualTo("queue: full");
            assertThat(refused.reply().headers()).containsEntry("retry-after", "3");
            skin.hold = CompletableFuture.failedFuture(new IllegalStateException("broken"));
            RestAsked failed = RestAsked.json(rest, images(0));
            assertThat(failed.status()).isEqualTo(500);
            assertThat(failed.error()).doesNotContain("broken");
        } finally {
            skin.hold = CompletableFuture.completedFuture(null);
        }
    }

    private static List<Float> probabilities(String json) {
        RestAsked asked = RestAsked.json(rest, json);
        assertThat(asked.status()).as(asked.error()).isEqualTo(200);
        return asked.probabilities();
    }

    private static String text(ByteBuffer bytes) {
        byte[] text = new byte[bytes.getInt()];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static void assertClose(List<Float> seen, List<Float> expected, float tolerance) {
        assertThat(seen).hasSameSizeAs(expected);
        for (int i = 0; i < seen.size(); i++) {
            assertThat(seen.get(i)).isCloseTo(expected.get(i), within(tolerance));
        }
    }

    /** Clients write what they do not want to say as null, and say what other servers want. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"id\":null,\"parameters\":null,\"outputs\":null",
                "\"parameters\":{}",
                "\"parameters\":{\"a\":{\"b\":[1,{\"c\":null}]},\"d\":[[]],\"e\":null,\"f\":1e999}",
                "\"parameters\":{\"big\":123456789012345678901234567890}",
                "\"parameters\":{\"binary_data_output\":null}",
                "\"outputs\":[{\"name\":\"label\",\"parameters\":null,\"more\":[]}]",
                "\"outputs\":[{\"name\":\"label\",\"parameters\":{\"classification\":{\"k\":2}}}]"
            })
    void passesOverNullAndWhatItDoesNotKnow(String fields) {
        RestAsked asked = RestAsked.json(rest, RestBody.with(RestBody.images(0), fields));
        assertThat(asked.error()).isEmpty();
        assertThat(asked.status()).isEqualTo(200);
    }

    @Test
    void passesOverNullsOfItsInput() {
        String json = RestBody.images(0);
        String input =
                json.replace(
                        "\"shape\"",
                        "\"parameters\":{\"content_type\":null,\"binary_data_size\":null,\"x\":{\"y\":[]}},\"shape\"");
        assertThat(input).isNotEqualTo(json);
        assertThat(RestAsked.json(rest, input).status()).isEqualTo(200);
        String binary =
                "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":null,\"parameters\":{\"binary_data_size\":%d}}]}"
                        .formatted(Drawn.elements(Drawn.file(0)).length);
        assertThat(RestAsked.binary(rest, binary, Drawn.elements(Drawn.file(0))).status())
                .isEqualTo(200);
    }

    @Test
    void listsItsModels() {
        assertThat(RestAsked.of(rest.models()).at("/models").toString())
                .isEqualTo("[\"" + RealSkin.NAME + "\"]");
    }
}
