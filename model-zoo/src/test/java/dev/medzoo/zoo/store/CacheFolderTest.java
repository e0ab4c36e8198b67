package dev.medzoo.zoo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.util.Utils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {
    private final Properties before = new Properties();

    @BeforeEach
    void keep() {
        before.putAll(System.getProperties());
        System.clearProperty(CacheFolder.PROPERTY);
    }

    @AfterEach
    void restore() {
        System.setProperties(before);
    }

    @Test
    void isNeverTheOneThatEverybodyShares(@TempDir Path temp) {
        Path absent = temp.resolve("absent");
        System.setProperty("user.home", absent.toString());

        assertThatThrownBy(CacheFolder::root)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "cache: the home folder %s cannot be written to (expected: a folder that you own, set by MEDZOO_CACHE)"
                                .formatted(absent));
        System.setProperty(CacheFolder.PROPERTY, temp.resolve("cache").toString());
        assertThat(CacheFolder.root()).isEqualTo(temp.resolve("cache"));
    }

    /** DJL unpacks libraries and loads them. */
    @Test
    void isWhereDjlUnpacksNativeCodeRatherThanWhereEverybodyCan(@TempDir Path temp) {
        System.setProperty("user.home", temp.toString());
        System.setProperty(CacheFolder.PROPERTY, temp.resolve("cache").toString());
        CacheFolder.leadDjl();
        assertThat(Utils.getEngineCacheDir()).isEqualTo(temp.resolve(".djl.ai"));

        System.setProperty("user.home", temp.resolve("absent").toString());
        CacheFolder.leadDjl();
        assertThat(Utils.getEngineCacheDir()).isEqualTo(temp.resolve("cache/djl"));
    }

    @Test
    void isBelowAHomeThatCanBeWritten(@TempDir Path home) {
        System.setProperty("user.home", home.toString());
        assertThat(CacheFolder.root()).isEqualTo(home.resolve(".djl.ai/medzoo"));
    }

    @Test
    void isRefusedWhereOthersWrite(@TempDir Path temp) throws Exception {
        Path cache = Files.createDirectory(temp.resolve("cache"));
        System.setProperty(CacheFolder.PROPERTY, cache.toString());
        assertThat(CacheFolder.root()).isEqualTo(cache);

        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(CacheFolder::root)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "cache: %s: permissions rwxrwxrwx (expected: only its owner writes; chmod go-w %s), or another folder in MEDZOO_CACHE"
                                .formatted(cache, cache));
    }

    /** Whoever made it first would say which serials were seen of a store. */
    @Test
    void isRefusedWhereItIsOfAnother(@TempDir Path temp) throws Exception {
        Path cache = Files.createDirectories(temp.toRealPath().resolve("above/cache"));
        System.setProperty(CacheFolder.PROPERTY, cache.toString());
        assertThat(CacheFolder.root()).isEqualTo(cache);

        String seen = OthersFile.make(cache.resolveSibling("."));
        assertThatThrownBy(CacheFolder::root)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cache: " + seen)
                .hasMessageEndingWith(", or another folder in MEDZOO_CACHE");
    }

    @Test
    void liesInASharedFolderAndIsNone(@TempDir Path temp) throws Exception {
        Path shared = Files.createDirectory(temp.toRealPath().resolve("tmp"));
        Files.setAttribute(shared, "unix:mode", 01777);
        System.setProperty(CacheFolder.PROPERTY, shared.toString());
        assertThatThrownBy(CacheFolder::root)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "cache: %s: permissions rwxrwxrwx, sticky (expected: a folder of your own, such as %s/medzoo), or another folder in MEDZOO_CACHE"
                                .formatted(shared, shared));

        System.setProperty(CacheFolder.PROPERTY, shared.resolve("models").toString());
        assertThat(CacheFolder.root()).isEqualTo(shared.resolve("models"));
        PrivateFiles.makeFolders(CacheFolder.root());
        assertThat(CacheFolder.root()).isEqualTo(shared.resolve("models"));
        OthersFile.make(CacheFolder.root());
        assertThatThrownBy(CacheFolder::root)
                .hasMessageStartingWith("cache: " + shared + "/models");
    }

    /** DJL makes it as the umask has it, which may let everybody put other libraries there. */
    @Test
    void hasDjlsOwnMadeForItsOwnerAlone(@TempDir Path temp) throws Exception {
        System.setProperty("user.home", temp.toRealPath().toString());
        System.setProperty(CacheFolder.PROPERTY, temp.resolve("cache").toString());
        CacheFolder.leadDjl();

        Path djls = temp.toRealPath().resolve(".djl.ai");
        assertThat(System.getProperty("jna.tmpdir")).isEqualTo(djls + "/jna");
        for (Path each : List.of(djls, djls.resolve("pytorch"), djls.resolve("jna"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                    .isEqualTo("rwx------");
        }
        Path version = Files.createDirectory(djls.resolve("pytorch/2.7.1"));
        CacheFolder.leadDjl();
        for (Path each : List.of(version, djls.resolve("pytorch"), djls)) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
            assertThatThrownBy(CacheFolder::leadDjl)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "engine: %s: permissions rwxrwxrwx (expected: only its owner writes; chmod go-w %s), or another folder in DJL_CACHE_DIR"
                                    .formatted(each, each));
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Many commands start no engine. */
    @Test
    void needsNoFolderForAnEngineWhereNoneCanBeMade(@TempDir Path temp) throws Exception {
        Path file = Files.createFile(temp.resolve("file"));
        System.setProperty("DJL_CACHE_DIR", file.resolve("djl").toString());
        CacheFolder.leadDjl();
        assertThat(file).isEmptyFile();
    }
}
