package dev.medzoo.zoo.artifact;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import dev.medzoo.zoo.network.BlockConfig;
import dev.medzoo.zoo.network.ClassifierHead;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.store.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All files of one artifact but its manifest, in memory and validated: none is missing, none is
 * unknown, and no two contradict each other.
 */
public final class ArtifactContent {
    private final SortedMap<String, byte[]> files;
    private final String where;
    private final Artifact artifact;
    private final ModelCard card;
    private final @Nullable GateReport gateReport;
    private final @Nullable TestPredictions predictions;

    private ArtifactContent(Artifact artifact, SortedMap<String, byte[]> files, String where)
            throws MalformedModelException {
        this.artifact = artifact;
        this.files = files;
        this.where = where;
        byte[] json = require(files, ArtifactFiles.CARD, where);
        card = ModelCard.parse(json, where);
        byte[] gate = files.get(ArtifactFiles.GATE);
        gateReport = gate == null ? null : GateReport.parse(gate, where);
        byte[] csv = files.get(ArtifactFiles.PREDICTIONS);
        predictions = csv == null ? null : TestPredictions.parse(csv, where);
    }

    /**
     * Validates files that have been read already.
     *
     * @param artifact what {@code artifact.json} among them says
     * @param files path to content, with allowed paths only
     * @param where what they belong to, for messages
     * @throws MalformedModelException naming the file that is wrong
     */
    public static ArtifactContent of(Artifact artifact, Map<String, byte[]> files, String where)
            throws MalformedModelException {
        ArtifactContent content = new ArtifactContent(artifact, new TreeMap<>(files), where);
        content.check();
        return content;
    }

    /**
     * Reads a candidate: a folder with all files of an artifact but the manifest.
     *
     * @throws MalformedModelException naming the file that is wrong
     */
    public static ArtifactContent ofCandidate(Path folder)
            throws IOException, MalformedModelException {
        String where = folder.toString();
        FolderStore store = new FolderStore(folder);
        byte[] json = store.read(ArtifactFiles.ARTIFACT, ArtifactFiles.LARGEST_FILE_BYTES);
        Set<String> paths = new TreeSet<>(store.list("").orElseThrow());
        paths.remove(ArtifactFiles.GOLDEN_FOLDER);
        ArtifactFiles.passOverStray(paths, where);
        Artifact artifact = Artifact.parse(json, where);
        ArtifactFiles.checkAllowed(artifact.name(), paths, where);
        Map<String, byte[]> files = new TreeMap<>();
        long left = Manifest.MOST_BYTES;
        for (String path : paths) {
            int most = (int) Math.min(left, ArtifactFiles.LARGEST_FILE_BYTES);
            byte[] file = store.read(path, most);
            left -= file.length;
            files.put(path, file);
        }
        files.put(ArtifactFiles.ARTIFACT, json);
        return of(artifact, files, where);
    }

    /** Every file and the manifest, path to content. */
    public SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> all = new TreeMap<>(files);
        all.put(ArtifactFiles.MANIFEST, manifest().toBytes());
        return all;
    }

    /** SHA-256 of every file and of the manifest, by path: what a signature covers. */
    public SortedMap<String, String> digests() {
        return manifest().digests();
    }

    /** The model's description. */
    public Artifact artifact() {
        return artifact;
    }

    /** The model card. */
    public ModelCard card() {
        return card;
    }

    /** The gate's report; none in candidates and in the first versions. */
    public Optional<GateReport> gateReport() {
        return Optional.ofNullable(gateReport);
    }

    /** Its predictions on the test pictures; none in the first versions. */
    public Optional<TestPredictions> predictions() {
        return Optional.ofNullable(predictions);
    }

    /**
     * Returns a candidate with the gate's report added.
     *
     * @throws MalformedModelException when the report is about other files
     */
    public ArtifactContent with(GateReport report) throws MalformedModelException {
        if (!report.isOf(manifest())) {
            throw new MalformedModelException(
                    "%s: judged %s (expected: these files, %s) in %s"
                            .formatted(
                                    ArtifactFiles.GATE,
                                    report.judged(),
                                    manifest().digest(),
                                    where));
        }
        Map<String, byte[]> all = new TreeMap<>(files);
        all.put(ArtifactFiles.GATE, report.toBytes());
        return of(artifact, all, where);
    }

    /** The manifest of exactly these files. */
    public Manifest manifest() {
        return Manifest.of(files);
    }

    /** Whether it has a file of that path. */
    public boolean has(String path) {
        return files.containsKey(path);
    }

    /**
     * One file.
     *
     * @throws MalformedModelException when the artifact has no such file
     */
    public byte[] file(String path) throws MalformedModelException {
        return require(files, path, where).clone();
    }

    /**
     * The network with its weights, to be closed with the manager.
     *
     * @throws MalformedModelException when the weights are not this network's, or it is a graph
     *     that has none
     */
    public Network network(NDManager manager) throws MalformedModelException {
        Network network = new Network(blocks());
        ParamsFile.load(params(), network, manager, where);
        return network;
    }

    /**
     * Reads the network's fully connected layers as plain arrays, without an engine.
     *
     * @throws MalformedModelException as {@link #network}
     */
    public ClassifierHead head() throws MalformedModelException {
        return ParamsFile.head(params(), blocks(), where);
    }

    private BlockConfig blocks() throws MalformedModelException {
        if (!(artifact.network() instanceof BlockConfig config)) {
            throw new MalformedModelException(
                    "network: %s (expected: one with weights, as dcnn and residual have) in %s"
                            .formatted(artifact.network().kind().word(), where));
        }
        return config;
    }

    private byte[] params() throws MalformedModelException {
        return require(files, ArtifactFiles.paramsFile(artifact.name()), where);
    }

    /** Writes every file and the manifest into an empty folder. */
    public void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder.resolve(ArtifactFiles.GOLDEN_FOLDER));
        for (Map.Entry<String, byte[]> file : files().entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private void check() throws MalformedModelException {
        for (String path : new TreeSet<>(ArtifactFiles.required(artifact))) {
            require(files, path, where);
        }
        for (String path : files.keySet()) {
            if (!ArtifactFiles.fits(path, artifact)) {
                throw new MalformedModelException(
                        "%s: present (expected: only %s, as the network is a graph) in %s"
                                .formatted(path, ArtifactFiles.ONNX, where));
            }
        }
        byte[] properties = require(files, ArtifactFiles.SERVING_PROPERTIES, where);
        ArtifactFiles.servingNumbers(properties, artifact, where);
        byte[] synset = ArtifactFiles.synset(artifact.reading().labels());
        if (!Arrays.equals(require(files, ArtifactFiles.SYNSET, where), synset)) {
            throw new MalformedModelException(
                    "%s: other labels (expected: %s, one a line) in %s"
                            .formatted(ArtifactFiles.SYNSET, artifact.reading().labels(), where));
        }
        checkCard();
        checkPredictions();
        Golden golden = Golden.parse(require(files, ArtifactFiles.GOLDEN, where), where);
        for (Golden.Case one : golden.cases()) {
            require(files, ArtifactFiles.GOLDEN_FOLDER + one.picture(), where);
            require(files, ArtifactFiles.GOLDEN_FOLDER + one.tensor(), where);
        }
    }

    private void checkPredictions() throws MalformedModelException {
        List<String> labels = artifact.reading().labels();
        if (predictions != null && !predictions.labels().equals(labels)) {
            throw new MalformedModelException(
                    "%s: labels %s (expected: %s) in %s"
                            .formatted(
                                    ArtifactFiles.PREDICTIONS,
                                    predictions.labels(),
                                    labels,
                                    where));
        }
    }

    private void checkCard() throws MalformedModelException {
        boolean same =
                card.name().equals(artifact.name())
                        && card.version().equals(artifact.version())
                        && card.network().equals(artifact.network());
        if (!same) {
            throw new MalformedModelException(
                    "%s: %s %s, %s (expected: the name, version and network of %s) in %s"
                            .formatted(
                                    ArtifactFiles.CARD,
                                    card.name(),
                                    card.version(),
                                    card.network(),
                                    ArtifactFiles.ARTIFACT,
                                    where));
        }
    }

    private static byte[] require(Map<String, byte[]> files, String path, String where)
            throws MalformedModelException {
        byte[] file = files.get(path);
        if (file == null) {
            throw new MalformedModelException(
                    "%s: absent (expected: a file) in %s".formatted(path, where));
        }
        return file;
    }
}
