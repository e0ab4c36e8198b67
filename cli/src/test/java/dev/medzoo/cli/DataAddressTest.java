package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.store.CacheFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that lie behind a web server, named by {@code --data} or by the recipe. */
@Tag("slow")
class DataAddressTest {
    private static final String SET = DrawnPictureSet.NAME;

    @TempDir private Path folder;
    private ServedFolder server;
    private String sha256;

    @BeforeEach
    void serve(@TempDir Path cache) throws Exception {
        System.setProperty(CacheFolder.PROPERTY, cache.toString());
        Path data = DrawnPictureSet.in(folder.resolve("data"));
        sha256 = Sha256.hex(data.resolve("manifest.csv"));
        server = new ServedFolder(folder);
    }

    @AfterEach
    void stop() {
        server.close();
        System.clearProperty(CacheFolder.PROPERTY);
    }

    @Test
    void readsADataSetAtAnAddressAndOfflineAfterwards() throws Exception {
        String recipe = recipe("dataSet: " + SET);
        String address = server.address() + "/data/" + SET;

        CommandRun first = check(recipe, "--data", address);

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.outLines()).containsExactly("no faults: ready to train");
        assertThat(first.errLines())
                .containsExactly(
                        "data: %s: fetching 40 of 40 pictures from %s/".formatted(SET, address),
                        "data: %s: 40 pictures, 40 of them fetched; manifest sha256 %s"
                                .formatted(SET, sha256));
        CommandRun parent = check(recipe, "--data", server.address() + "/data");
        assertThat(parent.exitCode()).as(parent.err()).isZero();
        assertThat(parent.errLines())
                .containsExactly(
                        "data: %s: 40 pictures, 0 of them fetched; manifest sha256 %s"
                                .formatted(SET, sha256));
        server.close();
        for (String each : List.of(address, server.address() + "/data")) {
            CommandRun offline = check(recipe, "--data", each, "--offline");
            assertThat(offline.exitCode()).as(offline.err()).isZero();
        }
    }

    @Test
    void aRecipeSaysWhereItsPicturesLie() throws Exception {
        String address = server.address() + "/data/" + SET;
        String set = "dataSets: [{name: moles, at: '%s', sha256: '%s'}]";

        CommandRun right = check(recipe(set.formatted(address, sha256)));
        CommandRun other = check(recipe(set.formatted(address, "0".repeat(64))));
        CommandRun unpinned = check(recipe("dataSets: [{name: moles, at: '" + address + "'}]"));
        CommandRun nowhere = check(recipe("dataSet: " + SET));

        assertThat(right.exitCode()).as(right.err()).isZero();
        assertThat(right.outLines()).containsExactly("no faults: ready to train");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.errLines())
                .containsExactly(
                        "medzoo: moles/manifest.csv: sha256 %s (expected: %s, as the recipe says) at %s/"
                                .formatted(sha256, "0".repeat(64), address));
        assertThat(unpinned.exitCode()).isEqualTo(1);
        assertThat(unpinned.err())
                .contains(
                        "moles: at: %s, sha256: null (expected: both, the second of manifest.csv, or neither)"
                                .formatted(address));
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.err()).contains("--data: missing (expected: the folder or address of");
    }

    @Test
    void picturesOnThisMachineAndElsewhereAreUsedTogether() throws Exception {
        Path local = folder.resolve("local");
        Path other = DrawnPictureSet.in(local);
        Files.move(other, local.resolve("striped"));
        String recipe =
                recipe(
                        "dataSets: [{name: striped, splits: [train]}, {name: moles, at: '%s', sha256: '%s', splits: [val, test]}]"
                                .formatted(server.address() + "/data/" + SET, sha256));

        CommandRun run = check(recipe, "--data", local.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.outLines()).containsExactly("no faults: ready to train");
    }

    private static CommandRun check(String recipe, String... more) {
        List<String> line = new ArrayList<>(List.of("train", "--check", "--recipe", recipe));
        line.addAll(List.of(more));
        return CommandRun.of(line.toArray(String[]::new));
    }

    private String recipe(String data) throws Exception {
        String text = TrainedModel.RECIPE.replaceFirst("(?m)^dataSet: .*$", data);
        return Files.writeString(folder.resolve("recipe.yaml"), text).toString();
    }
}
