package dev.medzoo.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.store.FolderStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight publishers in processes of their own, and eight readers: nothing is lost or half there. */
@Tag("slow")
class RaceTest {
    private static final int PUBLISHERS = 8;
    private static final int READERS = 8;
    private static final int NEVER = 1_000_000;

    @Test
    void noUpdateIsLostAndNoReaderSeesHalfOfOne(@TempDir Path folder) throws Exception {
        Path store = TinyStore.twoVersions(folder);
        List<Path> candidates = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            String version = "1." + i + ".0";
            Path candidate = Files.createDirectories(folder.resolve(version));
            candidates.add(TinyCandidate.write(candidate, version));
        }
        List<Process> publishers = new ArrayList<>();
        CountDownLatch over = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        try {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(() -> read(store, over)));
            }
            for (Path candidate : candidates) {
                Path errors = candidate.resolveSibling("errors");
                publishers.add(StoreProcess.start("publish", store, candidate, NEVER, errors));
            }
            for (Process publisher : publishers) {
                assertThat(publisher.waitFor(10, TimeUnit.MINUTES)).isTrue();
                assertThat(publisher.exitValue())
                        .as(Files.readString(folder.resolve("errors")))
                        .isZero();
            }
            over.countDown();
            int reads = 0;
            for (Future<Integer> reader : readers) {
                reads += reader.get(10, TimeUnit.MINUTES);
            }
            Counts.add(
                    "race: %d publishers, %d readers, %d whole reads"
                            .formatted(PUBLISHERS, READERS, reads));
        } finally {
            publishers.forEach(Process::destroyForcibly);
            threads.shutdownNow();
        }
        StoreIndex index = VerifiedStore.of(new FolderStore(store)).index();
        assertThat(index.usable("tiny")).hasSize(2 + PUBLISHERS);
        assertThat(index.serial()).isEqualTo(4 + PUBLISHERS);
        assertThat(History.read(new FolderStore(store), index).entries()).hasSize(4 + PUBLISHERS);
        assertThat(new GarbageCollector(new WritableFolderStore(store), false).find()).isEmpty();
    }

    /**
     * Reads every file of every version that the index names, again and again, and leaves the cores
     * to the publishers in between.
     */
    private static int read(Path store, CountDownLatch over) throws Exception {
        VerifiedStore reader = VerifiedStore.of(new FolderStore(store));
        int reads = 0;
        do {
            StoreIndex index = reader.index();
            for (Version version : index.usable("tiny")) {
                reader.artifact(index.resolve(new ModelReference("tiny", version))).content();
                reads++;
            }
        } while (!over.await(50, TimeUnit.MILLISECONDS));
        return reads;
    }
}
