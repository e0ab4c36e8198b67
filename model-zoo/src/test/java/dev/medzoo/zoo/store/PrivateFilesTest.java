package dev.medzoo.zoo.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateFilesTest {
    private Path above;
    private Path folder;
    private Path file;

    @BeforeEach
    void make(@TempDir Path temp) throws IOException {
        above = temp.toRealPath().resolve("a");
        folder = PrivateFiles.makeFolders(above.resolve("b"));
        file = folder.resolve("f");
        try (FileChannel made =
                PrivateFiles.open(
                        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            assertThat(made.isOpen()).isTrue();
        }
    }

    @Test
    void areMadeForTheirOwnerAlone() throws Exception {
        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(permissions(above)).isEqualTo("rwx------");
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(PrivateFiles.fault(file)).isNull();
        assertThat(PrivateFiles.fault(folder.resolve("absent"))).isNull();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @ParameterizedTest
    @CsvSource({
        "rwx------, rw-------, ''",
        "rwxr-xr-x, rw-r--r--, ''",
        "rwxr-xr-x, rw-r--rw-, f",
        "rwxr-xrwx, rw-r--r--, b",
        "rwxrwxrwx, rw-rw-rw-, f"
    })
    void areOfNoUseWhereOthersWrite(String ofFolder, String ofFile, String named) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(ofFolder));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(ofFile));

        String fault = PrivateFiles.fault(file);
        if (named.isEmpty()) {
            assertThat(fault).isNull();
        } else {
            assertThat(fault)
                    .contains("/" + named + ": permissions ")
                    .contains("(expected: only its owner writes; chmod go-w ");
        }
    }

    /** Many systems give each person a group of the same name. */
    @Test
    void mayBeOfTheOwnersOwnGroupAndOfNoOther() throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class);
        String owner = view.readAttributes().owner().getName();
        String group = view.readAttributes().group().getName();

        assertThat(PrivateFiles.fault(file) == null).isEqualTo(owner.equals(group));
    }

    @Test
    void mayLieInAStickyFolder() throws Exception {
        Files.setAttribute(folder, "unix:mode", 01777);
        assertThat(PrivateFiles.fault(file)).isNull();
        Files.setAttribute(folder, "unix:mode", 0777);
        assertThat(PrivateFiles.fault(file)).contains("/b: permissions rwxrwxrwx");
    }

    @Test
    void areLookedAtWhereALinkLeads() throws Exception {
        Path link = above.resolve("link");
        Files.createSymbolicLink(link, file);
        assertThat(PrivateFiles.fault(link)).isNull();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(PrivateFiles.fault(link)).contains("/b: permissions ");
    }
}
