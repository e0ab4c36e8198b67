package dev.medzoo.zoo.network;

import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.network.dcnn.DcnnConfig;
import dev.medzoo.zoo.network.graph.GraphConfig;
import dev.medzoo.zoo.network.residual.ResidualConfig;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The kinds of network: each has a package and a line here. */
public enum NetworkType {
    /** The paper's network; the default for files without a type. */
    DCNN("dcnn", DcnnConfig.class) {
        @Override
        public BlockConfig usual(InputSize input, int classes) {
            return DcnnConfig.published(input, classes);
        }
    },
    /** Plain residual blocks. */
    RESIDUAL("residual", ResidualConfig.class) {
        @Override
        public BlockConfig usual(InputSize input, int classes) {
            return ResidualConfig.usual(input, classes);
        }
    },
    /** An ONNX graph from elsewhere, which cannot be trained here. */
    ONNX("onnx", GraphConfig.class) {
        @Override
        public BlockConfig usual(InputSize input, int classes) {
            throw untrained();
        }
    };

    private final String word;
    private final Class<? extends NetworkConfig> config;

    NetworkType(String word, Class<? extends NetworkConfig> config) {
        this.word = word;
        this.config = config;
    }

    /** In files and recipes. */
    public String word() {
        return word;
    }

    Class<? extends NetworkConfig> config() {
        return config;
    }

    /**
     * The default shape for training.
     *
     * @throws IllegalArgumentException for a kind that is not trained here
     */
    public abstract BlockConfig usual(InputSize input, int classes);

    /**
     * Reads the type of a network that is to be trained.
     *
     * @throws IllegalArgumentException when there is no such kind, or it is not trained here
     */
    public static NetworkType parseTrained(String word) {
        return parse(word, EnumSet.complementOf(EnumSet.of(ONNX)));
    }

    private static IllegalArgumentException untrained() {
        return new IllegalArgumentException(
                "network.type: onnx (expected: dcnn or residual, which are trained here)");
    }

    /**
     * Reads a type.
     *
     * @throws IllegalArgumentException when there is no such kind
     */
    public static NetworkType parse(String word) {
        return parse(word, EnumSet.allOf(NetworkType.class));
    }

    private static NetworkType parse(String word, Set<NetworkType> known) {
        for (NetworkType each : known) {
            if (each.word.equals(word)) {
                return each;
            }
        }
        List<String> words = known.stream().map(NetworkType::word).toList();
        throw new IllegalArgumentException(
                "network.type: %s (expected: %s)".formatted(word, String.join(" or ", words)));
    }
}
