package dev.medzoo.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.translate.finding.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a folder such as the release's tarball makes, with no sources and no Maven. */
@Tag("slow")
class ReleasedLauncherTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void predictsWithWhatLiesBesideIt() throws Exception {
        Pictures.into(folder);
        Path release = Files.createDirectory(folder.resolve("medzoo"));
        Files.copy(Ran.SOURCES.resolve("medzoo"), release.resolve("medzoo"));
        Path built = Ran.SOURCES.resolve("cli/target");
        for (Path each :
                List.of(
                        built.resolve("medzoo-cli.jar"),
                        built.resolve("lib"),
                        Ran.SOURCES.resolve("model-store"),
                        Ran.SOURCES.resolve("trust.json"))) {
            Files.createSymbolicLink(release.resolve(each.getFileName()), each);
        }
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("java"), Path.of(Ran.java()));

        Ran ran =
                Ran.in(
                        folder,
                        List.of(
                                "env",
                                "PATH=" + bin + ":/usr/bin:/bin",
                                "medzoo/medzoo",
                                "predict",
                                "pretrained-skin",
                                "picture.png"));

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("picture.png", "pretrained-skin ", Finding.NOTICE);
        assertThat(ran.err()).doesNotContain("building");
        assertThat(release).isDirectoryContaining("glob:**/classes-*.jsa");
    }
}
