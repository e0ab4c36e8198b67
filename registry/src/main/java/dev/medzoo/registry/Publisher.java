package dev.medzoo.registry;

import ai.djl.ModelException;
import dev.medzoo.registry.gate.Gate;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.GateReport;
import dev.medzoo.zoo.index.IndexEntry;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Checks candidates at the gate and publishes them. */
public final class Publisher {
    private final Registry registry;
    private final Gate gate;

    /** Creates a publisher. */
    public Publisher(Registry registry, Gate gate) {
        this.registry = registry;
        this.gate = gate;
    }

    /**
     * A version that was published.
     *
     * @param report of the gate; a signed file of the version
     */
    public record Published(IndexEntry entry, GateReport report) {}

    /** Refuses a candidate whose version is published, before anybody works on it. */
    public void refuseToOverwrite(Path candidate) throws IOException, ModelException {
        registry.refuseToOverwrite(ArtifactContent.ofCandidate(candidate));
    }

    /**
     * Publishes a candidate as the version that its {@code artifact.json} names.
     *
     * @param candidate folder with all files of an artifact but manifest and gate report
     * @param data folder of pictures it was trained on; without it the split cannot be judged, and
     *     the gate refuses
     * @throws GateException when the gate finds fault, naming each line
     */
    public Published publish(Path candidate, @Nullable Path data)
            throws IOException, ModelException {
        ArtifactContent content = ArtifactContent.ofCandidate(candidate);
        registry.refuseToOverwrite(content);
        GateReport report = gate.judge(content, data, () -> registry.cardsBeside(content));
        if (!report.passed()) {
            throw new GateException(report, candidate.toString());
        }
        return new Published(registry.publish(content.with(report)), report);
    }
}
