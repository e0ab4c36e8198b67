package dev.medzoo.registry;

import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.store.FolderStore;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * One command in a process of its own, for tests that kill it or run several at once. It prints
 * {@code now} and waits for ever at the n-th write, and {@code done} when there was none.
 */
final class StoreProgram {
    private StoreProgram() {}

    /** Arguments: command, store, other folder, and n. */
    public static void main(String[] args) throws Exception {
        Path store = Path.of(args[1]);
        Path other = Path.of(args[2]);
        DurableWrites disk =
                new FaultyDisk(
                        Integer.parseInt(args[3]),
                        path -> {
                            System.out.println("now");
                            waitForEver();
                        });
        run(args[0], store, other, disk);
        System.out.println("done");
    }

    /**
     * Runs a command.
     *
     * @param other the candidate to publish, or the store to mirror from
     */
    static void run(String command, Path store, Path other, DurableWrites disk) throws Exception {
        WritableStore place = new WritableFolderStore(store, disk);
        Registry registry = new Registry(place, TinyStore.ANN);
        switch (command) {
            case "publish" -> registry.publish(ArtifactContent.ofCandidate(other));
            case "promote" -> registry.promote(TinyStore.tiny("0.1.0"), "stable", "a test");
            case "gc" -> new GarbageCollector(place, true).remove();
            case "mirror", "mirror-anew" -> new Mirror(new FolderStore(other), place).run();
            default -> throw new IllegalArgumentException(command);
        }
    }

    private static void waitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
