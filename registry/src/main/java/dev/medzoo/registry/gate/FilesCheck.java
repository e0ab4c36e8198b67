package dev.medzoo.registry.gate;

import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.ManifestEntry;
import java.util.List;

/**
 * Data only. A file that an artifact may not hold keeps a folder from being read as a candidate at
 * all ({@link ArtifactContent#ofCandidate}); what is left to refuse is a report of the gate that
 * the gate did not write.
 */
final class FilesCheck implements Check {
    @Override
    public String name() {
        return "files";
    }

    @Override
    public String expected(Subject subject) {
        return "only files of the allow-list, and no " + ArtifactFiles.GATE + " yet";
    }

    @Override
    public String remedy() {
        return "delete " + ArtifactFiles.GATE + " from CANDIDATE";
    }

    @Override
    public Seen look(Subject subject) {
        List<ManifestEntry> files = subject.content().manifest().files();
        return files.stream().anyMatch(file -> file.path().equals(ArtifactFiles.GATE))
                ? Seen.bad(ArtifactFiles.GATE)
                : Seen.good(files.size() + " files, all of the allow-list");
    }
}
