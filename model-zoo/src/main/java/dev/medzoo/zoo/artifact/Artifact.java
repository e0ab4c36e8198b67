package dev.medzoo.zoo.artifact;

import ai.djl.MalformedModelException;
import dev.medzoo.translate.finding.Domain;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.format.Json;
import dev.medzoo.zoo.network.NetworkConfig;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code artifact.json}: describes a model, apart from its weights.
 *
 * @param format of this record, from 1 to {@value #FORMAT}; the first had no conformal set and no
 *     domain, the second no checks in the domain
 * @param name the one name of the model everywhere
 * @param network configuration of its network; one class per label
 * @param reading pre- and post-processing
 * @param parent the artifact that training started from, or null if from scratch
 */
public record Artifact(
        int format,
        String name,
        Version version,
        NetworkConfig network,
        Reading reading,
        @Nullable ParentArtifact parent) {
    /** The current format. */
    public static final int FORMAT = 3;

    private static final int MOST_PIXELS = 4096;

    /** Line breaks, other control characters, zero-width characters and direction marks. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    public Artifact {
        if (format < 1 || format > FORMAT) {
            throw new IllegalArgumentException(
                    "format: %d (expected: 1..%d)".formatted(format, FORMAT));
        }
        if (format == 1 && (reading.conformal() != null || reading.domain() != null)) {
            throw new IllegalArgumentException(
                    "format: 1 (expected: 2, as the reading has a conformal set or a domain)");
        }
        if (format < 3 && reading.domain() != null && reading.domain().checks() != null) {
            throw new IllegalArgumentException(
                    "format: %d (expected: 3, as the domain has checks)".formatted(format));
        }
        ModelReference.checkName(name);
        if (network.classes() != reading.labels().size()) {
            throw new IllegalArgumentException(
                    "network.classes: %d (expected: one per label, %d)"
                            .formatted(network.classes(), reading.labels().size()));
        }
        if (!network.input().equals(reading.transform().crop())) {
            throw new IllegalArgumentException(
                    "network.input: %s (expected: the transform's crop, %s)"
                            .formatted(network.input(), reading.transform().crop()));
        }
        checkDomain(reading.domain(), network.features());
        checkResize(reading.transform().resize());
        reading.labels().forEach(Artifact::checkLabel);
    }

    private static void checkResize(InputSize resize) {
        if (Math.max(resize.width(), resize.height()) > MOST_PIXELS) {
            throw new IllegalArgumentException(
                    "resize: %s (expected: at most %d on a side)".formatted(resize, MOST_PIXELS));
        }
    }

    /**
     * Refuses a label with invisible characters. A label is a line of {@code synset.txt}, and
     * people must see all of it.
     *
     * @throws IllegalArgumentException naming it
     */
    public static void checkLabel(String label) {
        if (UNSEEN.matcher(label).find()) {
            throw new IllegalArgumentException(
                    "label: %s (expected: visible characters only)"
                            .formatted(UNSEEN.matcher(label).replaceAll("?")));
        }
    }

    private static void checkDomain(@Nullable Domain domain, int channels) {
        if (domain != null && domain.mean().size() != channels) {
            throw new IllegalArgumentException(
                    "domain mean: %d numbers (expected: one a channel of the network, %d)"
                            .formatted(domain.mean().size(), channels));
        }
    }

    /**
     * Reads {@code artifact.json}.
     *
     * @param where what it belongs to, for messages
     * @throws MalformedModelException naming the value that is wrong
     */
    public static Artifact parse(byte[] json, String where) throws MalformedModelException {
        return Json.read(json, Artifact.class, ArtifactFiles.ARTIFACT, where);
    }

    /** The bytes of {@code artifact.json}. */
    public byte[] toBytes() {
        return Json.write(this);
    }

    /** Refuses a file of any format but the expected one. */
    public static void checkFormat(int format, int expected) {
        if (format != expected) {
            throw new IllegalArgumentException(
                    "format: %d (expected: %d)".formatted(format, expected));
        }
    }
}
