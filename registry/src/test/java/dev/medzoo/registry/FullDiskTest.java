package dev.medzoo.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.medzoo.zoo.store.FolderStore;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that is full, or cannot be written, at any write: one clear error, and no debris. */
@Tag("slow")
class FullDiskTest {
    private static Path folder;

    private static Path base;
    private static Path newer;
    private static Path candidate;

    @BeforeAll
    static void makeStores(@TempDir Path temporary) throws Exception {
        folder = temporary;
        base = TinyStore.twoVersions(folder);
        candidate = TinyStore.third(folder);
        newer = TinyStore.newer(folder, base, candidate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"publish", "promote", "mirror", "mirror-anew"})
    void leavesTheStoreAsItWas(String command) throws Exception {
        Path from = command.startsWith("mirror") ? newer : candidate;
        for (int n = 1; true; n++) {
            Path store = folder.resolve(command + n);
            if (!command.equals("mirror-anew")) {
                TinyStore.copy(base, store);
            }
            SortedMap<String, String> before = TinyStore.files(store);
            DurableWrites full =
                    new FaultyDisk(
                            n,
                            path -> {
                                throw new FileSystemException(
                                        path.toString(), null, "No space left on device");
                            });
            Throwable failure = catchThrowable(() -> StoreProgram.run(command, store, from, full));
            if (failure == null) {
                assertThat(n).isGreaterThan(4);
                return;
            }
            assertThat(failure)
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageEndingWith(": No space left on device");
            if (changed(store, before)) {
                // The last step alone, that the new index outlives a power cut, had failed.
                assertThat(Verification.all(new FolderStore(store)))
                        .allMatch(Verification.Line::good);
            }
        }
    }

    /** Whether there is a new index; if there is none, there is nothing new at all. */
    private static boolean changed(Path store, SortedMap<String, String> before) throws Exception {
        SortedMap<String, String> after = TinyStore.files(store);
        String index = after.get("index.json");
        if (index != null && !index.equals(before.get("index.json"))) {
            return true;
        }
        after.remove("/");
        after.remove(".unborn");
        before.remove("/");
        assertThat(after).isEqualTo(before);
        return false;
    }
}
