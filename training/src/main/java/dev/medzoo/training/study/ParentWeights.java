package dev.medzoo.training.study;

import ai.djl.MalformedModelException;
import ai.djl.ModelException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.medzoo.training.StartingPoint;
import dev.medzoo.training.learn.StartingWeights;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.network.BlockConfig;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.store.Store;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The weights that runs start from: of a backbone, of a model that is not published yet, of a
 * published one, or kept by another run.
 */
final class ParentWeights {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PARAMS = ".params";
    private static final String WEIGHTS = "network" + PARAMS;
    private static final String CONFIG = "network.json";

    private final Path backbones;
    private final Store models;
    private final Map<String, Parent> known = new HashMap<>();

    /**
     * @param backbones folder of the folders that {@code medzoo pretrain} or {@code medzoo train}
     *     wrote
     * @param models the published ones
     */
    ParentWeights(Path backbones, Store models) {
        this.backbones = backbones;
        this.models = models;
    }

    /**
     * What runs start from.
     *
     * @param digest of the weights alone: a model has the same one before and after it is published
     * @param weights as a run takes them
     */
    record Parent(String digest, StartingWeights weights) {}

    /**
     * Finds a parent.
     *
     * @param from folder below the backbones, or {@code name/version} in the model store
     * @throws IllegalArgumentException when there is no such folder
     */
    Parent of(String from) throws IOException {
        Parent parent = known.get(from);
        if (parent == null) {
            parent = from.contains("/") ? published(from) : inFolder(backbones.resolve(from));
            known.put(from, parent);
        }
        return parent;
    }

    private Parent published(String from) throws IOException {
        try {
            ArtifactContent content =
                    VerifiedStore.of(models).artifact(ModelReference.parse(from)).content();
            List<String> weights = new ArrayList<>();
            content.files()
                    .forEach(
                            (file, bytes) -> {
                                if (file.endsWith(PARAMS)) {
                                    weights.add(Sha256.hex(bytes));
                                }
                            });
            return new Parent(StudyRunResult.digest(weights), content::network);
        } catch (ModelException e) {
            throw new IllegalArgumentException("from: " + from + ": " + e.getMessage(), e);
        }
    }

    private static Parent inFolder(Path folder) throws IOException {
        List<String> weights = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(of -> of.toString().endsWith(PARAMS)).toList()) {
                    weights.add(Sha256.hex(Files.readAllBytes(file)));
                }
            }
        }
        if (weights.isEmpty()) {
            throw new IllegalArgumentException(
                    "backbone: %s (expected: a folder written by medzoo pretrain or medzoo train)"
                            .formatted(folder));
        }
        return new Parent(
                StudyRunResult.digest(weights.stream().sorted().toList()),
                manager -> read(folder).network(manager));
    }

    /** Leaves the weights of a run for others. */
    static void keep(Network network, Path folder) throws IOException {
        Files.createDirectories(folder);
        StudyRunResult.replace(folder.resolve(CONFIG), StudyRunResult.text(network.config()));
        try (DataOutputStream out =
                new DataOutputStream(Files.newOutputStream(folder.resolve(WEIGHTS)))) {
            network.saveParameters(out);
        }
    }

    /** The weights that lie in a folder. */
    static StartingWeights read(Path folder) throws IOException, MalformedModelException {
        if (Files.notExists(folder.resolve(CONFIG))) {
            return StartingPoint.in(folder).weights();
        }
        BlockConfig config =
                JSON.readValue(Files.readAllBytes(folder.resolve(CONFIG)), BlockConfig.class);
        return manager -> {
            Network network = new Network(config);
            try (InputStream saved = Files.newInputStream(folder.resolve(WEIGHTS))) {
                network.loadParameters(manager, new DataInputStream(saved));
            }
            return network;
        };
    }
}
