package dev.medzoo.zoo.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerCheckTest {
    private static final int NOBODY = 65534;

    private Path temp = Path.of("");
    private Path file = Path.of("");
    private int uid;

    @BeforeEach
    void make(@TempDir Path given) throws IOException {
        temp = given.toRealPath();
        file = Files.writeString(PrivateFiles.makeFolders(temp.resolve("a/b")).resolve("f"), "x");
        uid = ProcessUser.current().uid();
    }

    /** Only root gives files away; to anybody else they are shown as to another user. */
    private OwnerCheck whereOfAnother(Path path) throws IOException {
        if (uid == 0) {
            Files.setAttribute(path, "unix:uid", NOBODY);
        }
        return new OwnerCheck(ProcessUser.of(uid == 0 ? 0 : uid + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b/f", "a/b", "a"})
    void refusesWhatAnotherOwnsHoweverFarAbove(String owned) throws Exception {
        assertThat(new OwnerCheck(ProcessUser.current()).fault(file)).isNull();

        OwnerCheck check = whereOfAnother(temp.resolve(owned));

        assertThat(check.fault(file))
                .startsWith(uid == 0 ? temp.resolve(owned) + ": owner " : file + ": owner ")
                .endsWith(
                        ", uid %s (expected: %s)"
                                .formatted(
                                        uid == 0 ? NOBODY : uid,
                                        uid == 0
                                                ? "root"
                                                : "root, or uid %s, who runs this"
                                                        .formatted(uid + 1)));
    }

    /** Whoever owns a link in a folder that all share can have it lead elsewhere. */
    @Test
    void refusesALinkOfAnotherToWhatIsRoots() throws Exception {
        Path link = Files.createSymbolicLink(temp.resolve("a/link"), Path.of("/etc"));
        if (uid == 0) {
            Files.setAttribute(link, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
        }
        OwnerCheck check = new OwnerCheck(ProcessUser.of(uid == 0 ? 0 : uid + 1));

        assertThat(check.fault(link.resolve("passwd"))).startsWith(link + ": owner ");
        Files.delete(link);
    }

    @Test
    void takesRootsFilesAsOnesOwn() throws Exception {
        assertThat(new OwnerCheck(ProcessUser.of(uid + 1)).fault(Path.of("/etc/passwd"))).isNull();
    }

    @Test
    void refusesAFolderThatOthersWriteHoweverFarAbove() throws Exception {
        Path above = temp.resolve("a");
        Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxrwxrwx"));
        OwnerCheck check = new OwnerCheck(ProcessUser.current());

        assertThat(check.fault(file)).startsWith(above + ": permissions rwxrwxrwx (expected: ");
        assertThat(check.folderFault(above.resolve("b"))).startsWith(above + ": permissions ");
        assertThat(check.fault(above.resolve("none/yet"))).startsWith(above + ": permissions ");
        Files.setAttribute(above, "unix:mode", 01777);
        assertThat(check.fault(file)).isNull();
        assertThat(check.folderFault(above.resolve("b"))).isNull();
    }

    /** A sticky folder is nobody's own: whoever comes first makes what is looked for in it. */
    @Test
    void refusesAStickyFolderAsOnesOwn() throws Exception {
        Path above = temp.resolve("a");
        Files.setAttribute(above, "unix:mode", 01777);

        assertThat(new OwnerCheck(ProcessUser.current()).folderFault(above))
                .isEqualTo(
                        "%s: permissions rwxrwxrwx, sticky (expected: a folder of your own, such as %s)"
                                .formatted(above, above.resolve("medzoo")));
    }

    /** A volume of Kubernetes is root's, and its group the one that the pod names. */
    @Test
    void takesAGroupThatIsTheUsersOwn() throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);

        assertThat(new ProcessUser(uid, "ana").hasGroup("ana")).isTrue();
        assertThat(new ProcessUser(uid, "ana").hasGroup(String.valueOf(uid))).isTrue();
        assertThat(new ProcessUser(uid, "ana").hasGroup("users")).isFalse();
        ProcessUser self = ProcessUser.current();
        assertThat(new OwnerCheck(self).fault(file) == null)
                .isEqualTo(self.hasGroup(attributes.group().getName()));
    }

    @Test
    void knowsWhoRunsIt() throws Exception {
        assertThat(ProcessUser.ofNewFile()).isEqualTo(uid).isEqualTo(ProcessUser.ownerOf(file));
        assertThat(
                        ProcessUser.ofStatus(
                                "Name:\tjava\nUid:\t1\t2\t3\t4294967294\nGid:\t5\t5\t5\t5\n"))
                .isEqualTo(-2);
        assertThat(ProcessUser.of(-2)).hasToString("root, or uid 4294967294, who runs this");
        assertThat(ProcessUser.of(0)).hasToString("root");
    }

    @Test
    void followsLinksAndEveryFolderOnTheirWay() throws Exception {
        Path other = Files.createDirectory(temp.resolve("other"));
        Path first = Files.createSymbolicLink(temp.resolve("first"), Path.of("other/second"));
        Path second = Files.createSymbolicLink(other.resolve("second"), Path.of("../a/./b"));

        assertThat(PathSteps.to(first.resolve("f")))
                .contains(file, temp.resolve("a"), first, other, second, Path.of("/"))
                .startsWith(file);
    }
}
