package dev.medzoo.training;

import ai.djl.MalformedModelException;
import dev.medzoo.training.learn.Scorer;
import dev.medzoo.training.recipe.WrapCard;
import dev.medzoo.training.report.SoftwareVersions;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.Subgroups;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.network.graph.GraphConfig;
import dev.medzoo.zoo.network.graph.GraphConfig.Answer;
import dev.medzoo.zoo.onnx.OnnxFile;
import dev.medzoo.zoo.runtime.OnnxModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a candidate of a foreign ONNX file. The file is validated before ONNX Runtime reads it, and
 * kept byte for byte. Nothing is fitted yet: {@link Evaluation} on {@code val} does that.
 *
 * @param graph the ONNX file
 * @param labels text file, one label per line, in the order of the output
 * @param transform pre-processing of a picture
 * @param card YAML or JSON file, see {@link WrapCard}
 * @param out folder of the candidate
 * @param output name of the output of logits or probabilities; null for the only one
 * @param features name of the output with pooled features; null for none
 * @param answer meaning of the output; null to infer it from the last operator, which is a softmax
 *     or not
 */
public record Wrap(
        Path graph,
        Path labels,
        WrapTransform transform,
        Path card,
        Path out,
        @Nullable String output,
        @Nullable String features,
        @Nullable Answer answer) {
    private static final int MOST_TEXT_BYTES = 1 << 20;

    /** Tolerance of the sum of probabilities. */
    private static final double TOGETHER = 1e-3;

    /**
     * Runs it to the end.
     *
     * @return the inferred configuration of the network
     * @throws FileAlreadyExistsException when the candidate exists already
     * @throws IllegalArgumentException when the graph is more than data, does not map one picture
     *     to one output, or does not fit labels, transform and card
     */
    public GraphConfig run() throws IOException, MalformedModelException {
        if (Files.exists(out)) {
            throw new FileAlreadyExistsException(
                    out.toString(), null, "already exists (expected: a new folder)");
        }
        byte[] file = bytes(graph, ArtifactFiles.LARGEST_FILE_BYTES);
        List<String> names = readLabels();
        String text = text(card);
        WrapCard words = WrapCard.parse(text, card.toString());
        OnnxFile looked = looked(() -> OnnxFile.read(file));
        Transform applied = transform.of(looked.inputShape());
        GraphConfig config =
                new GraphSignatureFinder(looked, applied.crop(), names, output, features, answer)
                        .config();
        try (OnnxModel model = OnnxModel.of(words.name(), file, config)) {
            Scorer scorer = new Scorer(model.getBlock(), config, model.getNDManager());
            Candidate.Said said = tensor -> scorer.logits(tensor, 1);
            refuseOtherAnswer(config, applied, said);
            Artifact artifact =
                    new Artifact(
                            Artifact.FORMAT,
                            words.name(),
                            words.version(),
                            config,
                            new Reading(applied, names, 1, 0),
                            null);
            ModelCard first = card(words, text, config, looked, Sha256.hex(file));
            Candidate.wrapped(artifact, first, file, said).write(out);
        }
        return config;
    }

    /** Reads a whole file up to a limit; the path may be something else, such as a device. */
    private static byte[] bytes(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new IllegalArgumentException(
                        "%s: more than %d bytes (expected: at most %d)"
                                .formatted(file, most, most));
            }
            return bytes;
        }
    }

    /** Reads a text file of at most a megabyte of UTF-8. */
    static String text(Path file) throws IOException {
        byte[] bytes = bytes(file, MOST_TEXT_BYTES);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": not UTF-8 (expected: UTF-8)", e);
        }
    }

    private List<String> readLabels() throws IOException {
        return text(labels).lines().map(String::strip).toList();
    }

    private <T> T looked(Supplier<T> look) {
        try {
            return look.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s: %s".formatted(graph, e.getMessage()), e);
        }
    }

    /** Refuses probabilities declared as logits, and vice versa. */
    private void refuseOtherAnswer(GraphConfig config, Transform applied, Candidate.Said said) {
        boolean isGuessed = answer == null;
        int like = 0;
        int pictures = 0;
        for (float[] each : Candidate.tensors(applied)) {
            float[] logits = said.of(each);
            boolean isSaid = config.answer() == Answer.PROBABILITIES;
            pictures++;
            like += isLikeProbabilities(logits, isSaid) ? 1 : 0;
        }
        if (config.answer() == Answer.PROBABILITIES && like < pictures) {
            throw new IllegalArgumentException(
                    "output %s: not in [0, 1] with a sum of 1 (expected: probabilities, or --answer logits)"
                            .formatted(config.answerName()));
        }
        if (config.answer() == Answer.LOGITS && isGuessed && like == pictures) {
            throw new IllegalArgumentException(
                    "output %s: in [0, 1] with a sum of 1 (expected: logits, or --answer probabilities)"
                            .formatted(config.answerName()));
        }
    }

    private static boolean isLikeProbabilities(float[] numbers, boolean isLogarithm) {
        double sum = 0;
        for (float each : numbers) {
            double one = isLogarithm ? Math.exp(each) : each;
            if (!(one >= 0 && one <= 1 + TOGETHER)) {
                return false;
            }
            sum += one;
        }
        return Math.abs(sum - 1) <= TOGETHER;
    }

    private ModelCard card(
            WrapCard words, String text, GraphConfig config, OnnxFile looked, String sha256) {
        Map<String, String> versions = new TreeMap<>(SoftwareVersions.versions());
        versions.put("graph", looked.producer().isEmpty() ? "unknown" : looked.producer());
        List<String> limits = new ArrayList<>(words.card().limits());
        limits.add(
                "The network was trained elsewhere: %s ONNX file, SHA-256 %s."
                        .formatted(words.origin().strip(), sha256));
        return new ModelCard(
                words.name(),
                words.version(),
                words.card().summary(),
                Finding.NOTICE,
                words.card().intendedUse(),
                words.card().outOfScope(),
                List.of(),
                words.card().dataLicence(),
                words.card().commercialUse(),
                config,
                looked.weights(),
                new ModelCard.Training(command(), text, 0, 0, 0, 0, "elsewhere", versions, null, 1),
                List.of(),
                words.card().subgroups() == null
                        ? null
                        : Subgroups.notAvailable(Objects.requireNonNull(words.card().subgroups())),
                limits,
                null,
                words.card().scale());
    }

    /** The command to repeat it, with paths shortened to their last names. */
    private String command() {
        List<String> command = new ArrayList<>(List.of("medzoo", "wrap", name(graph)));
        command.addAll(List.of("--labels", name(labels), "--card", name(card)));
        command.addAll(transform.words());
        if (output != null) {
            command.addAll(List.of("--output", output));
        }
        if (features != null) {
            command.addAll(List.of("--features", features));
        }
        if (answer != null) {
            command.addAll(List.of("--answer", answer.name().toLowerCase(Locale.ROOT)));
        }
        command.addAll(List.of("--out", name(out)));
        return String.join(" ", command);
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
