package dev.medzoo.registry.gate;

import dev.medzoo.zoo.artifact.ModelCard.DataSource;
import dev.medzoo.zoo.data.ListedPicture;
import dev.medzoo.zoo.data.PictureManifest;
import dev.medzoo.zoo.data.SplitAudit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The figures were measured on pictures that training had not seen: the data are those of the card,
 * no group stands on two sides of the split, and no picture does, nor its near-duplicate ({@link
 * SplitAudit}).
 */
final class SplitCheck implements Check {
    @Override
    public String name() {
        return "split";
    }

    @Override
    public String expected(Subject subject) {
        return "the data that the card names, with no group or near-duplicate in two splits";
    }

    @Override
    public String remedy() {
        return "list every fault with medzoo train --check --recipe FILE --data DIR; correct"
                + " manifest.csv or add the pictures to the recipe's `leaveOut`, then run"
                + " medzoo train";
    }

    @Override
    public Seen look(Subject subject) throws IOException {
        Path data = subject.data();
        if (data == null) {
            return Seen.bad(
                    "not checked: the data folder was not given",
                    "run medzoo publish CANDIDATE --data DIR");
        }
        List<ListedPicture> pictures = new ArrayList<>();
        for (DataSource source : subject.content().card().data()) {
            PictureManifest manifest = PictureManifest.read(folder(data, source));
            if (!source.manifestSha256().equals(manifest.sha256())) {
                return Seen.bad(
                        "%s of %s: sha256 %s, not %s as in the card"
                                .formatted(
                                        PictureManifest.FILE,
                                        source.name(),
                                        manifest.sha256(),
                                        source.manifestSha256()),
                        "run medzoo publish CANDIDATE --data DIR with the pictures it was trained"
                                + " on, or train again on these");
            }
            pictures.addAll(used(manifest, source));
        }
        return Seen.of(
                SplitAudit.faults(pictures),
                "%d pictures, none with a near-duplicate in another split"
                        .formatted(pictures.size()));
    }

    /** The folder of one data set: the one given, or below it. */
    private static Path folder(Path data, DataSource source) {
        boolean one = Files.exists(data.resolve(PictureManifest.FILE));
        return one ? data : data.resolve(source.name());
    }

    /** Pictures of the splits that the card counts, but those that it says were left out. */
    private static List<ListedPicture> used(PictureManifest manifest, DataSource source) {
        Set<String> leftOut =
                new HashSet<>(Objects.requireNonNullElse(source.leftOut(), List.<String>of()));
        return manifest.rows().stream()
                .filter(row -> source.pictures().containsKey(row.split()))
                .filter(row -> !leftOut.contains(row.file()))
                .map(row -> new ListedPicture(manifest, row))
                .toList();
    }
}
