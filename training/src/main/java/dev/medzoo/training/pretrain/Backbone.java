package dev.medzoo.training.pretrain;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.medzoo.training.data.PicturePool;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelCard.Cost;
import dev.medzoo.zoo.artifact.ParentArtifact;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.network.BlockConfig;
import dev.medzoo.zoo.network.Network;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network pre-trained without labels, in a folder: {@value #DESCRIPTION}, which is this record,
 * and {@value #WEIGHTS}, whose digest it names. It tells no classes apart: it is what a supervised
 * run starts from.
 *
 * @param name of the backbone
 * @param version of the backbone
 * @param network the configuration; its head is untrained
 * @param recipe the whole text it was trained by
 * @param command the exact command
 * @param pool where the pictures came from
 * @param licence that the weights inherit from them
 * @param losses mean loss of every epoch
 * @param minutes of training
 * @param hardware that trained
 * @param versions of the software
 * @param weightsSha256 digest of the weights' file
 * @param probes what its features were worth afterwards, and those of random weights
 * @param cost of the training; null where it was not counted
 */
public record Backbone(
        String name,
        Version version,
        BlockConfig network,
        String recipe,
        String command,
        List<PicturePool.Source> pool,
        String licence,
        List<Double> losses,
        double minutes,
        String hardware,
        Map<String, String> versions,
        String weightsSha256,
        List<Probe.Result> probes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Cost cost) {
    private static final String DESCRIPTION = "backbone.json";
    private static final String WEIGHTS = "backbone.params";
    private static final ObjectMapper JSON = new ObjectMapper();

    public Backbone {
        pool = List.copyOf(pool);
        losses = List.copyOf(losses);
        versions = Map.copyOf(versions);
        probes = List.copyOf(probes);
    }

    /** Whether a folder is one. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(DESCRIPTION));
    }

    /** Reads the description of a folder. */
    public static Backbone read(Path folder) throws IOException {
        return JSON.readValue(folder.resolve(DESCRIPTION).toFile(), Backbone.class);
    }

    /**
     * Reads the network of a folder.
     *
     * @throws MalformedModelException when the weights are not those that the description names
     */
    public Network network(Path folder, NDManager manager)
            throws IOException, MalformedModelException {
        byte[] bytes = Files.readAllBytes(folder.resolve(WEIGHTS));
        String sha256 = Sha256.hex(bytes);
        if (!sha256.equals(weightsSha256)) {
            throw new MalformedModelException(
                    "%s: sha256 %s (expected: %s)"
                            .formatted(folder.resolve(WEIGHTS), sha256, weightsSha256));
        }
        Network loaded = new Network(network);
        loaded.loadParameters(manager, new DataInputStream(new ByteArrayInputStream(bytes)));
        return loaded;
    }

    /** How a model that starts from it names it. */
    public ParentArtifact identity() {
        return new ParentArtifact(name, version, "sha256:" + weightsSha256);
    }

    /** How the card of a model that starts from it tells of it. */
    public ModelCard.Pretraining provenance() {
        return new ModelCard.Pretraining(
                name,
                version,
                command,
                recipe,
                pool.stream()
                        .map(
                                of ->
                                        new ModelCard.PoolSource(
                                                of.dataSet(),
                                                of.split(),
                                                of.manifestSha256(),
                                                of.pictures()))
                        .toList(),
                licence,
                minutes,
                hardware,
                weightsSha256,
                cost);
    }

    /** Writes the weights and gives their digest; {@link #write} comes after. */
    static String writeWeights(Path folder, Network network) throws IOException {
        Files.createDirectories(folder);
        Path fresh = folder.resolve(WEIGHTS + ".new");
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(fresh))) {
            network.saveParameters(out);
        }
        String sha256 = Sha256.hex(Files.readAllBytes(fresh));
        move(fresh, folder.resolve(WEIGHTS));
        return sha256;
    }

    /** Writes the description, which makes the folder a backbone. */
    void write(Path folder) throws IOException {
        ObjectWriter pretty = JSON.writerWithDefaultPrettyPrinter();
        Path fresh = folder.resolve(DESCRIPTION + ".new");
        Files.write(fresh, pretty.writeValueAsBytes(this));
        move(fresh, folder.resolve(DESCRIPTION));
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
