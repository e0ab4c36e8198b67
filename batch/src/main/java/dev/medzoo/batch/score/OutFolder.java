package dev.medzoo.batch.score;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.format.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a run: {@code run.json}, which says what is scored; a file in {@code findings} for
 * each part; and, once all are there, {@code summary.json} and {@code report.html}. A file appears
 * under its name only when it is whole, so whoever dies, and whoever comes twice, leaves no half.
 */
final class OutFolder {
    static final String RUN = "run.json";
    static final String SUMMARY = "summary.json";
    static final String REPORT = "report.html";
    static final String FINDINGS = "findings";

    /** The {@link PartCounts} of a file, in its footer. */
    static final String COUNTS = "medzoo.counts";

    /** The run that a file is of, in its footer. */
    static final String RUN_DIGEST = "medzoo.run";

    static final String WORKING = "_working";

    private static final Pattern WRITTEN =
            Pattern.compile(
                    "run\\.json|summary\\.json|report\\.html|findings/part-\\d{6,}\\.parquet|slides/.+");

    private final String location;
    private final FileSystems files;
    private final FileSystem system;

    /**
     * @param location as {@link FileSystems#locate} gives it
     */
    OutFolder(String location, FileSystems files) throws IOException {
        this.location = location;
        this.files = files;
        try {
            system = files.of(location);
        } catch (IOException | RuntimeException e) {
            throw unreached(location, e);
        }
    }

    private static IOException unreached(String location, Exception e) {
        return FileSystems.refused("--out", location, e, "a folder that can be reached");
    }

    Path path(String name) {
        return new Path(FileSystems.path(location), name);
    }

    /**
     * Whether a file is one that a run writes: pictures that lie around the folder are input, what
     * was found in them is not.
     *
     * @param file as {@link InputFiles} lists it
     */
    boolean wrote(String file) {
        return file.startsWith(location + "/")
                && WRITTEN.matcher(file.substring(location.length() + 1)).matches();
    }

    static String name(int part) {
        return "part-%06d.parquet".formatted(part);
    }

    /**
     * Begins a run, or goes on with it.
     *
     * @return what the folder is of: the given run, or the same one begun earlier
     * @throws IOException if it has other files, or those of another run
     */
    ScoreRun begin(ScoreRun run) throws IOException {
        ScoreRun begun = begun();
        if (begun == null) {
            prepare();
            write(RUN, Json.write(run));
            // Of two that begin at once, the later one's counts, so both read it.
            begun = begun();
        }
        if (begun == null) {
            throw new FileNotFoundException(
                    "%s: no %s (expected: the one just written)".formatted(location, RUN));
        }
        begun.refuseOther(run, location);
        return begun;
    }

    private void prepare() throws IOException {
        try {
            refuseFull();
            make();
        } catch (IOException e) {
            throw FileSystems.isLocal(location) ? e : unreached(location, e);
        }
    }

    private void make() throws IOException {
        boolean made;
        try {
            made = system.mkdirs(path(FINDINGS)) && system.mkdirs(path(WORKING));
        } catch (FileAlreadyExistsException | ParentNotDirectoryException e) {
            throw new IOException(
                    "--out: %s: lies in a file (expected: a folder)".formatted(location), e);
        }
        if (!made) {
            throw new IOException(
                    "--out: %s: cannot be made (expected: permission to write there)"
                            .formatted(location));
        }
    }

    /** The run that the folder is of; null if it is of none. */
    @Nullable ScoreRun begun() throws IOException {
        try (InputStream in = system.open(path(RUN))) {
            return Json.read(in.readAllBytes(), ScoreRun.class, RUN, location);
        } catch (FileNotFoundException e) {
            return null;
        } catch (MalformedModelException e) {
            throw new IOException(e.getMessage(), e);
        } catch (IOException e) {
            throw FileSystems.isLocal(location) ? e : unreached(location, e);
        }
    }

    private void refuseFull() throws IOException {
        try {
            FileStatus status = system.getFileStatus(FileSystems.path(location));
            if (!status.isDirectory()) {
                throw new IOException(
                        "--out: %s: a file (expected: a new or empty folder)".formatted(location));
            }
            for (FileStatus each : system.listStatus(status.getPath())) {
                String name = each.getPath().getName();
                if (!name.equals(WORKING) && !name.equals(FINDINGS)) {
                    throw new IOException(
                            "--out: %s: %s in it and no %s (expected: a new or empty folder, or one that this command began)"
                                    .formatted(location, name, RUN));
                }
            }
        } catch (FileNotFoundException e) {
            // It is made.
        }
    }

    /** Where a task writes before the file is whole. */
    Path working(int part) {
        return path("%s/%s.%s".formatted(WORKING, name(part), UUID.randomUUID()));
    }

    /**
     * Gives a part's whole file its name. Of two tasks that did the same, one's file stays.
     *
     * @throws IOException if neither is there afterwards
     */
    void commit(Path working, int part) throws IOException {
        Path end = path(FINDINGS + "/" + name(part));
        boolean moved;
        try {
            moved = system.rename(working, end);
        } catch (FileAlreadyExistsException | FileNotFoundException e) {
            // Another task was first, or another run has ended and tidied.
            moved = false;
        }
        if (!moved) {
            system.delete(working, false);
            if (!system.exists(end)) {
                throw new IOException(
                        "%s: cannot be renamed to %s (expected: permission to write there)"
                                .formatted(working, end));
            }
        }
    }

    /** Which parts of a run are done, each with its counts; null for the others. */
    List<@Nullable PartCounts> done(int parts, String run) {
        return IntStream.range(0, parts).parallel().mapToObj(part -> counts(part, run)).toList();
    }

    /**
     * The counts of all parts.
     *
     * @throws IOException if one is not done
     */
    PartCounts counts(ScoreRun run) throws IOException {
        PartCounts counts = PartCounts.NONE;
        for (PartCounts each : done(run.parts(), run.identity())) {
            if (each == null) {
                throw new IOException(
                        "--out: %s lacks a part that was written (expected: all; the same command goes on)"
                                .formatted(location));
            }
            counts = counts.plus(each);
        }
        return counts;
    }

    private @Nullable PartCounts counts(int part, String run) {
        try (ParquetFileReader reader =
                ParquetFileReader.open(
                        HadoopInputFile.fromPath(
                                path(FINDINGS + "/" + name(part)), files.configuration()))) {
            Map<String, String> said = reader.getFooter().getFileMetaData().getKeyValueMetaData();
            String counts = said.get(COUNTS);
            return counts == null || !run.equals(said.get(RUN_DIGEST))
                    ? null
                    : Json.read(
                            counts.getBytes(StandardCharsets.UTF_8),
                            PartCounts.class,
                            COUNTS,
                            name(part));
        } catch (IOException | MalformedModelException | RuntimeException e) {
            // Absent, or cut short when the machine stopped: it is scored again.
            return null;
        }
    }

    /** Writes a small file, whole or not at all. */
    void write(String name, byte[] bytes) throws IOException {
        Path working =
                path("%s/%s.%s".formatted(WORKING, name.replace('/', '-'), UUID.randomUUID()));
        try (OutputStream out = system.create(working, true)) {
            out.write(bytes);
        }
        Path end = path(name);
        system.mkdirs(end.getParent());
        if (!FileSystems.isLocal(location)) {
            system.delete(end, false);
        }
        if (!system.rename(working, end) && !system.exists(end)) {
            throw new IOException("%s: cannot be written (expected: permission to)".formatted(end));
        }
    }

    /** Whether a file is there. */
    boolean has(String name) throws IOException {
        return system.exists(path(name));
    }

    /** All bytes of a file of this folder; null if it is not there. */
    byte @Nullable [] read(String name) throws IOException {
        try (InputStream in = system.open(path(name))) {
            return in.readAllBytes();
        } catch (FileNotFoundException e) {
            return null;
        }
    }

    void write(String name, String text) throws IOException {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Deletes what tasks that died have left. */
    void tidy() throws IOException {
        system.delete(path(WORKING), true);
    }
}
