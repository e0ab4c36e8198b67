package dev.medzoo.serving;

import ai.djl.Model;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.OnnxExport;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.network.BlockConfig;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Version 1.0.0 of a model of the class path, but around a narrow network of 32 pixels a side and
 * random weights: what is not about its figures costs a fiftieth.
 */
final class SmallModel {
    static final Version VERSION = Version.parse("1.0.0");

    /** Of the blocks; the last has as many features as the sense for foreign pictures knows. */
    private static final String WIDTHS = "\"branchWidths\" : [2, 2, 2, 2, 2, 2, 2, 40]";

    private static final Map<String, ArtifactContent> READ = new ConcurrentHashMap<>();

    private SmallModel() {}

    /** The whole artifact. */
    static ArtifactContent of(String name) {
        return READ.computeIfAbsent(name, SmallModel::read);
    }

    /** What it is made of. */
    static ArtifactContent whole(String name) throws Exception {
        return VerifiedStore.of(Store.fromSettings())
                .artifact(new ModelReference(name, VERSION))
                .content();
    }

    /** All files of a candidate. */
    static Map<String, byte[]> files(String name) {
        Map<String, byte[]> files = new TreeMap<>(of(name).files());
        files.remove(ArtifactFiles.MANIFEST);
        return files;
    }

    private static ArtifactContent read(String name) {
        try {
            Path folder = Files.createTempDirectory("small");
            Path candidate = folder.resolve(name);
            whole(name).writeTo(candidate);
            Files.delete(candidate.resolve(ArtifactFiles.MANIFEST));
            for (String json : List.of(ArtifactFiles.ARTIFACT, ArtifactFiles.CARD)) {
                String text = Files.readString(candidate.resolve(json));
                Files.writeString(
                        candidate.resolve(json),
                        text.replaceAll("\"(width|height)\" : 128\\b", "\"$1\" : 32")
                                .replaceAll("(?s)\"branchWidths\" : \\[.*?]", WIDTHS)
                                .replaceAll("\"flips\" : true", "\"flips\" : false"));
            }
            writeWeights(candidate, name);
            ArtifactContent content = ArtifactContent.ofCandidate(candidate);
            delete(folder);
            return content;
        } catch (Exception e) {
            throw new IllegalStateException(name, e);
        }
    }

    private static void writeWeights(Path candidate, String name) throws Exception {
        byte[] json = Files.readAllBytes(candidate.resolve(ArtifactFiles.ARTIFACT));
        Files.delete(candidate.resolve(ArtifactFiles.paramsFile(name)));
        Files.deleteIfExists(candidate.resolve(ArtifactFiles.ONNX_INT8));
        Files.deleteIfExists(candidate.resolve(ArtifactFiles.PREDICTIONS_INT8));
        try (Model model = Model.newInstance(name, "PyTorch")) {
            Artifact artifact = Artifact.parse(json, name);
            Network network = new Network((BlockConfig) artifact.network());
            network.initialize(model.getNDManager(), 1);
            model.setBlock(network);
            model.save(candidate, name);
            Files.write(candidate.resolve(ArtifactFiles.ONNX), OnnxExport.of(artifact, network));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
