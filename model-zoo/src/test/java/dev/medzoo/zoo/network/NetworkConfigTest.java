package dev.medzoo.zoo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.format.Json;
import dev.medzoo.zoo.network.residual.ResidualConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every kind of network. */
class NetworkConfigTest {
    private static NetworkConfig read(String json) throws MalformedModelException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return Json.read(bytes, NetworkConfig.class, "network.json", "here");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ONNX")
    void whatIsWrittenIsReadAgain(NetworkType type) throws MalformedModelException {
        BlockConfig config = type.usual(new InputSize(96, 64), 5).withFlips(true);
        String json = new String(Json.write(config), StandardCharsets.UTF_8);

        assertThat(read(json)).isEqualTo(config);
        assertThat(config.kind()).isEqualTo(type);
        assertThat(json.contains("\"type\"")).isEqualTo(type != NetworkType.DCNN);
    }

    /** Between one and two million parameters, and as many features as its configuration says. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ONNX")
    void theUsualShapeIsSmall(NetworkType type) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            BlockConfig config = type.usual(InputSize.square(64), 3);
            Network network = new Network(config);
            network.initialize(manager, 1);

            assertThat(network.parameterCount()).isBetween(1_000_000L, 2_000_000L);
            assertThat(
                            network
                                    .getOutputShapes(
                                            new ai.djl.ndarray.types.Shape[] {
                                                network.inputShape(2)
                                            })[1]
                                    .getShape())
                    .containsExactly(2, config.features());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ONNX")
    void everyPartCanBeFrozen(NetworkType type) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Network network = new Network(type.usual(InputSize.square(64), 2));
            network.initialize(manager, 1);
            for (int parts = 0; parts <= network.parts(); parts++) {
                network.freeze(parts);
                for (int part = 0; part < network.parts(); part++) {
                    boolean learns =
                            network.partParameters(part).stream()
                                    .anyMatch(Parameter::requiresGradient);
                    assertThat(learns).isEqualTo(part >= parts);
                }
                assertThat(network.headParameters()).allMatch(Parameter::requiresGradient);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{\"type\": \"vit\"}' | network.type: vit (expected: dcnn or residual or onnx)",
                "'{\"type\": 7}' | network.type: 7 (expected: dcnn or residual or onnx)",
                "'[]' | network: not an object (expected: an object)",
                "'{\"type\": \"residual\"}' | Missing required",
            })
    void whatIsNoNetworkIsRefused(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aResidualNetworkOfOddNumbersIsRefused() {
        InputSize side = InputSize.square(64);
        assertThatThrownBy(() -> new ResidualConfig(side, 0, List.of(4), 2, 0, 2, false))
                .hasMessage("stemWidth: 0 (expected: 1..4096)");
        assertThatThrownBy(() -> new ResidualConfig(side, 4, List.of(), 2, 0, 2, false))
                .hasMessage("widths: stages: 0 (expected: 1..6)");
        assertThatThrownBy(() -> new ResidualConfig(side, 4, List.of(4), 2, 1, 2, false))
                .hasMessage("dropout: 1.0 (expected: in [0, 1))");
        assertThatThrownBy(
                        () ->
                                new ResidualConfig(
                                        InputSize.square(31),
                                        4,
                                        List.of(4, 4, 4, 4),
                                        2,
                                        0,
                                        2,
                                        false))
                .hasMessage("input: shorter side: 31 (expected: 32..2048)");
    }
}
