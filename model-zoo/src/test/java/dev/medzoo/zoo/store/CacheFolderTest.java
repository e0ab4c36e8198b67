package dev.medzoo.zoo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.util.Utils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
                        "cache: the home folder %s cannot be written to (expected: a folder of yours, named by MEDZOO_CACHE)"
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
}
