package dev.medzoo.zoo.data;

import ai.djl.MalformedModelException;
import ai.djl.util.Progress;
import ai.djl.util.Utils;
import dev.medzoo.translate.PictureBytes;
import dev.medzoo.zoo.data.PictureManifest.Row;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.store.CachedStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the pictures of one manifest that are not there yet, or not as listed. A picture appears
 * under its name when it is complete and right; until then it is a part beside the folder, which
 * the next attempt goes on with.
 */
final class DataSetFetch {
    /** Pictures fetched at once. */
    static final int AT_ONCE = 8;

    /** Faults after which no further picture is asked for. */
    private static final int MOST_FAULTS = 20;

    private final CachedStore store;
    private final PictureManifest manifest;
    private final Path parts;
    private final Map<String, Path> earlier = new HashMap<>();
    private final SortedMap<Integer, String> faults = new TreeMap<>();
    private boolean isCutShort;

    DataSetFetch(CachedStore store, PictureManifest manifest, Path parts) {
        this.store = store;
        this.manifest = manifest;
        this.parts = parts;
    }

    /**
     * Fetches what is missing.
     *
     * @param before an earlier copy from this address, whose pictures are not fetched again
     * @param note receives a sentence when there is anything to fetch
     * @return pictures that were
     * @throws FaultyDataException listing pictures that are absent or wrong
     */
    int run(@Nullable PictureManifest before, Consumer<String> note, Progress progress)
            throws IOException {
        List<Row> missing =
                manifest.rows().parallelStream()
                        .filter(row -> !isRight(manifest.file(row), row.sha256()))
                        .toList();
        if (missing.isEmpty()) {
            return 0;
        }
        if (store.isOffline()) {
            throw new FaultyDataException(missing.stream().map(this::offline).toList());
        }
        if (before != null) {
            before.rows().forEach(row -> earlier.put(row.sha256(), before.file(row)));
        }
        note.accept(
                "data: %s: fetching %d of %d pictures from %s"
                        .formatted(manifest.name(), missing.size(), manifest.rows().size(), store));
        progress.reset("Fetching " + manifest.name(), missing.size());
        progress.start(0);
        try {
            fetchAll(missing, progress);
        } finally {
            progress.end();
        }
        FaultyDataException.refuse(told());
        Utils.deleteQuietly(parts);
        return missing.size();
    }

    private void fetchAll(List<Row> missing, Progress progress) throws IOException {
        Files.createDirectories(parts);
        ExecutorService threads =
                Executors.newFixedThreadPool(Math.min(AT_ONCE, missing.size()), this::thread);
        try {
            List<Future<?>> tasks = new ArrayList<>();
            for (Row row : missing) {
                tasks.add(
                        threads.submit(
                                () -> {
                                    fetch(row);
                                    return report(progress);
                                }));
            }
            for (Future<?> task : tasks) {
                task.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause
                    ? new IOException(cause.getMessage(), cause)
                    : new IOException(store + ": " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException(store + ": interrupted").initCause(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "fetch-" + manifest.name());
        thread.setDaemon(true);
        return thread;
    }

    private synchronized boolean report(Progress progress) {
        progress.increment(1);
        return true;
    }

    private void fetch(Row row) throws IOException {
        if (isEnough()) {
            return;
        }
        Path target = manifest.file(row);
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        if (isLinked(earlier.get(row.sha256()), row, target)) {
            return;
        }
        String path =
                manifest.folder().normalize().relativize(target).toString().replace('\\', '/');
        Path part = parts.resolve(row.line() + ".part");
        try {
            store.fetch(path, PictureBytes.MAX_BYTES, row.sha256(), part);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileNotFoundException e) {
            fault(row, "%s: absent (expected: a file) at %s".formatted(row.file(), store));
        } catch (MalformedModelException e) {
            fault(row, Objects.requireNonNull(e.getMessage()));
        }
    }

    /** Takes a picture from an earlier copy; it takes no space, as no copy is ever written to. */
    private static boolean isLinked(@Nullable Path from, Row row, Path target) throws IOException {
        if (from == null || !isRight(from, row.sha256())) {
            return false;
        }
        Files.deleteIfExists(target);
        try {
            Files.createLink(target, from);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
        return true;
    }

    private synchronized boolean isEnough() {
        isCutShort |= faults.size() >= MOST_FAULTS;
        return isCutShort;
    }

    /** The faults in the order of the manifest, and whether pictures were not asked for. */
    private synchronized List<String> told() {
        List<String> told = new ArrayList<>(faults.values());
        if (isCutShort) {
            told.add("after %d faults no further picture was asked for".formatted(faults.size()));
        }
        return told;
    }

    private synchronized void fault(Row row, String what) {
        faults.put(row.line(), manifest.where(row.line()) + ": " + what);
    }

    private static boolean isRight(Path file, String sha256) {
        try {
            return Files.isRegularFile(file) && Sha256.hex(file).equals(sha256);
        } catch (IOException e) {
            return false;
        }
    }

    /** Why a picture cannot be used when none may be fetched. */
    private String offline(Row row) {
        String where = manifest.where(row.line());
        Path file = manifest.file(row);
        try {
            return Files.isRegularFile(file)
                    ? "%s: %s: sha256 %s in the cache (expected: %s; go online once, to fetch it again)"
                            .formatted(where, row.file(), Sha256.hex(file), row.sha256())
                    : "%s: %s: offline, and not in the cache (expected: fetched before)"
                            .formatted(where, row.file());
        } catch (IOException e) {
            return "%s: %s: %s (expected: a file that can be read)".formatted(where, row.file(), e);
        }
    }
}
