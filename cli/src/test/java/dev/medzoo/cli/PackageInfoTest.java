package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** NullAway checks only what is marked, so a package without the mark would go unchecked. */
class PackageInfoTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void everyPackageOfEveryModuleSaysWhatItIsAndIsNullMarked() throws IOException {
        List<Path> packages = packages();
        assertThat(packages).hasSizeGreaterThan(40);
        assertThat(packages).allSatisfy(PackageInfoTest::checkMarked);
    }

    private static void checkMarked(Path folder) throws IOException {
        Path info = folder.resolve("package-info.java");
        assertThat(info).exists();
        assertThat(Files.readString(info)).startsWith("/**").contains("\n@NullMarked\npackage ");
    }

    private static List<Path> packages() throws IOException {
        try (Stream<Path> modules = Files.list(PROJECT)) {
            return modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(PackageInfoTest::files)
                    .map(Path::getParent)
                    .distinct()
                    .toList();
        }
    }

    private static Stream<Path> files(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
