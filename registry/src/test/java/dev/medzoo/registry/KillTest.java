package dev.medzoo.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.store.FolderStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A command that dies at any of its writes: the store verifies, and runs on. What a process leaves
 * that is killed are its files as they are then, so one run of the command is stopped at each write
 * and the store copied as it is; at one of them a process of its own is killed indeed (-9), which
 * takes its lock with it.
 */
@Tag("slow")
class KillTest {
    private static Path folder;

    private static Path base;
    private static Path newer;
    private static Path littered;
    private static Path single;
    private static Path candidate;

    @BeforeAll
    static void makeStores(@TempDir Path temporary) throws Exception {
        folder = temporary;
        base = TinyStore.twoVersions(folder);
        candidate = TinyStore.third(folder);
        newer = TinyStore.newer(folder, base, candidate);
        single = folder.resolve("single");
        StoreProgram.run("publish", single, candidate, new DurableWrites());
        littered = folder.resolve("littered");
        TinyStore.copy(base, littered);
        TinyStore.registry(littered).revoke(TinyStore.tiny("0.1.0"), "its files are to go");
        Files.createDirectories(littered.resolve("tiny/0.9.0/golden"));
        Files.writeString(littered.resolve("tiny/0.9.0/golden/half.png"), "half");
        Files.createDirectories(littered.resolve("tiny/.fresh-0.8.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"publish", "promote", "gc", "mirror", "mirror-anew"})
    void aStoreOutlivesADeathAtEveryWrite(String command) throws Exception {
        Path whole = folder.resolve(command);
        Path from = prepare(command, whole);
        List<Path> left = leftAtEachWrite(command, whole, from);
        verify(whole);
        assertThat(left).hasSizeGreaterThan(4);
        Path killed = folder.resolve(command + "-killed");
        prepare(command, killed);
        kill(command, killed, from, left.size() / 2);
        left.add(killed);
        for (Path store : left) {
            goOn(command, store, from);
        }
        Counts.add("%s: dead at each of %d writes".formatted(command, left.size() - 1));
    }

    /** The store as the command leaves it that dies at its first write, its second, and so on. */
    private static List<Path> leftAtEachWrite(String command, Path store, Path from)
            throws Exception {
        List<Path> left = new ArrayList<>();
        DurableWrites disk =
                FaultyDisk.always(
                        path -> {
                            Path copy = folder.resolve(command + left.size());
                            if (Files.exists(store)) {
                                TinyStore.copy(store, copy);
                            }
                            left.add(copy);
                        });
        StoreProgram.run(command, store, from, disk);
        return left;
    }

    /** Makes the store to write into, and says where the command reads from. */
    private static Path prepare(String command, Path store) throws IOException {
        if (command.equals("mirror-anew")) {
            return single;
        }
        TinyStore.copy(command.equals("gc") ? littered : base, store);
        return command.equals("mirror") ? newer : candidate;
    }

    private static void kill(String command, Path store, Path from, int n) throws Exception {
        Path errors = folder.resolve("errors");
        Process process = StoreProcess.start(command, store, from, n, errors);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String read = out.readLine();
            while (read != null && !read.equals("now")) {
                read = out.readLine();
            }
            assertThat(read).as(Files.readString(errors)).isEqualTo("now");
        } finally {
            // SIGKILL: no handler, no finally, no hook.
            process.destroyForcibly().waitFor();
        }
    }

    private static void goOn(String command, Path store, Path from) throws Exception {
        verify(store);
        again(command, store, from);
        verify(store);
        new GarbageCollector(new WritableFolderStore(store), true).remove();
        assertThat(new GarbageCollector(new WritableFolderStore(store), true).find()).isEmpty();
        verify(store);
    }

    private static void verify(Path store) throws Exception {
        if (Files.exists(store.resolve(StoreIndex.FILE))) {
            assertThat(Verification.all(new FolderStore(store))).allMatch(Verification.Line::good);
        }
    }

    /** The same once more; what was done in full before the kill says so. */
    private static void again(String command, Path store, Path from) throws Exception {
        try {
            StoreProgram.run(command, store, from, new DurableWrites());
        } catch (FileAlreadyExistsException e) {
            assertThat(e).hasMessageStartingWith("version: 0.3.0 of tiny is published");
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessage("alias: stable of tiny is 0.1.0 (expected: another version)");
        }
    }
}
