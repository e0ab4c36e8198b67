package dev.medzoo.registry;

import ai.djl.MalformedModelException;
import ai.djl.ModelException;
import ai.djl.ndarray.NDManager;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.GateReport;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.load.VerifiedArtifact;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Verifies every part of a store as a loader would, and reports each result. */
public final class Verification {
    /**
     * One part of a store.
     *
     * @param part {@code index}, {@code history} or a version
     * @param good whether it is right
     * @param detail what it holds, or what is wrong with it
     */
    public record Line(String part, boolean good, String detail) {}

    private interface Check {
        String detail() throws IOException, ModelException;
    }

    private final VerifiedStore store;
    private final List<Line> lines = new ArrayList<>();

    private Verification(Store store) {
        this.store = VerifiedStore.of(store);
    }

    /** The index, the history, and every version that is not revoked. */
    public static List<Line> all(Store store) throws IOException, ModelException {
        Verification verification = new Verification(store);
        StoreIndex index = verification.index();
        for (String name : index.artifacts().keySet()) {
            for (Version version : index.usable(name)) {
                verification.version(index.resolve(new ModelReference(name, version)));
            }
        }
        return List.copyOf(verification.lines);
    }

    /** The index, the history, and one version. */
    public static List<Line> one(Store store, ModelReference reference)
            throws IOException, ModelException {
        Verification verification = new Verification(store);
        verification.version(verification.index().resolve(reference));
        return List.copyOf(verification.lines);
    }

    private StoreIndex index() throws IOException, ModelException {
        StoreIndex index = store.index();
        check("index", () -> "serial " + index.serial() + ", expires: " + index.expires());
        check(
                "history",
                () -> History.read(store.store(), index).entries().size() + " changes, no gap");
        return index;
    }

    private void version(IndexEntry entry) {
        check(
                entry.folder(),
                () -> {
                    VerifiedArtifact artifact = store.artifact(entry);
                    ArtifactContent content = artifact.content();
                    try (NDManager scratch = NDManager.newBaseManager()) {
                        content.network(scratch);
                    }
                    return "%d files, %s, %s"
                            .formatted(
                                    content.files().size(),
                                    artifact.signature().isPresent() ? "signed" : "not signed",
                                    gate(content));
                });
    }

    private static String gate(ArtifactContent content) throws MalformedModelException {
        Optional<GateReport> report = content.gateReport();
        if (report.isEmpty()) {
            return "no gate report";
        }
        if (!report.get().isOf(content.manifest())) {
            throw new MalformedModelException(
                    "%s: the gate judged %s (expected: the files that are here)"
                            .formatted(ArtifactFiles.GATE, report.get().judged()));
        }
        return "passed the gate";
    }

    private void check(String part, Check check) {
        try {
            lines.add(new Line(part, true, check.detail()));
        } catch (IOException | ModelException | RuntimeException e) {
            lines.add(new Line(part, false, String.valueOf(e.getMessage())));
        }
    }
}
