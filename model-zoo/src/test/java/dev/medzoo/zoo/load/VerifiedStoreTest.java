package dev.medzoo.zoo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.sign.TrustPolicy;
import dev.medzoo.zoo.store.CacheFolder;
import dev.medzoo.zoo.store.FolderStore;
import dev.medzoo.zoo.store.OthersFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of a store, and when its index is too old. */
class VerifiedStoreTest {
    private static final Instant ISSUED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant EXPIRES = Instant.parse("2026-02-01T00:00:00Z");

    private Path root;
    private Path memory;

    @BeforeEach
    void makeRoom(@TempDir Path store, @TempDir Path seen) {
        root = store;
        memory = seen;
    }

    @AfterEach
    void goOnline() {
        System.clearProperty(CacheFolder.OFFLINE_PROPERTY);
    }

    /** As another process would see it, at some time. */
    private VerifiedStore at(Instant now) {
        return new VerifiedStore(
                new FolderStore(root),
                TrustPolicy.none(),
                new SeenSerials(memory),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private byte[] write(long serial, Instant issued, @Nullable Instant expires) throws Exception {
        StoreIndex index =
                new StoreIndex(
                        StoreIndex.FORMAT,
                        serial,
                        issued,
                        expires,
                        null,
                        new TreeMap<>(),
                        new TreeMap<>());
        Files.write(root.resolve(StoreIndex.FILE), index.toBytes());
        return index.toBytes();
    }

    @Test
    void remembersTheHighestSerialAcrossProcesses() throws Exception {
        write(9, ISSUED, null);
        at(ISSUED).index();
        write(8, ISSUED, null);
        assertThatThrownBy(() -> at(ISSUED).index())
                .isInstanceOf(MalformedModelException.class)
                .hasMessage(
                        "index.json: serial 8 (expected: at least 9, seen before; if the store was"
                                + " set back on purpose: medzoo forget) in "
                                + root);
        write(10, ISSUED, null);
        assertThat(at(ISSUED).index().serial()).isEqualTo(10);
    }

    /** Who could write there could have every true index refused, by a serial of their own. */
    @Test
    void believesNoMemoryThatOthersCanWrite() throws Exception {
        write(9, ISSUED, null);
        at(ISSUED).index();
        Path seen = new SeenSerials(memory).file(root.toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(seen)))
                .isEqualTo("rw-------");
        for (Path each : List.of(seen, memory)) {
            Set<PosixFilePermission> before = Files.getPosixFilePermissions(each);
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
            assertThatThrownBy(() -> at(ISSUED).index())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("memory: " + each.toRealPath() + ": permissions ")
                    .hasMessageEndingWith(", or another cache folder in MEDZOO_CACHE");
            Files.setPosixFilePermissions(each, before);
        }
        assertThat(at(ISSUED).index().serial()).isEqualTo(9);
    }

    /** A forged serial of another's would have the true store refused. */
    @Test
    void believesNoMemoryThatAnotherOwns() throws Exception {
        write(9, ISSUED, null);
        at(ISSUED).index();
        Path seen = new SeenSerials(memory).file(root.toString());
        String text = Files.readString(seen);
        Files.writeString(seen, text.replaceFirst("9", "999999"));

        String fault = OthersFile.make(seen);
        assertThatThrownBy(() -> at(ISSUED).index())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("memory: " + fault)
                .hasMessageEndingWith(", or another cache folder in MEDZOO_CACHE");
    }

    @Test
    void whoForgetsStartsAnew() throws Exception {
        write(9, ISSUED, null);
        at(ISSUED).index();
        assertThat(at(ISSUED).forget()).isTrue();
        assertThat(at(ISSUED).forget()).isFalse();
        write(1, ISSUED, null);
        assertThat(at(ISSUED).index().serial()).isEqualTo(1);
    }

    @Test
    void aReaderMayBeSlowerThanAWriter() throws Exception {
        byte[] eight = write(8, ISSUED, null);
        VerifiedStore slow = at(ISSUED);
        VerifiedStore.Reading reading = slow.reading();
        write(9, ISSUED, null);
        assertThat(slow.index().serial()).isEqualTo(9);
        assertThat(reading.accept(eight).serial()).isEqualTo(8);
        assertThatThrownBy(() -> slow.reading().accept(eight))
                .hasMessageContaining("serial 8 (expected: at least 9");
    }

    @Test
    void aDamagedMemoryIsSaidAndForgotten() throws Exception {
        write(9, ISSUED, null);
        at(ISSUED).index();
        Files.writeString(new SeenSerials(memory).file(root.toString()), "garbage");
        write(8, ISSUED, null);
        assertThat(at(ISSUED).index().serial()).isEqualTo(8);
    }

    @Test
    void anExpiredIndexIsRefusedUnlessOffline() throws Exception {
        write(1, ISSUED, EXPIRES);
        assertThat(at(EXPIRES.minusSeconds(1)).index().serial()).isEqualTo(1);
        assertThatThrownBy(() -> at(EXPIRES).index())
                .isInstanceOf(MalformedModelException.class)
                .hasMessage(
                        "index.json: expired at 2026-02-01T00:00:00Z (expected: a newer one, or"
                                + " --offline to take it as it is) in "
                                + root);
        System.setProperty(CacheFolder.OFFLINE_PROPERTY, "true");
        assertThat(at(EXPIRES).index().serial()).isEqualTo(1);
    }
}
