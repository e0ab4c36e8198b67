package dev.medzoo.training.prepare;

import dev.medzoo.training.learn.ProgressInterval;
import dev.medzoo.training.prepare.Listing.Entry;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.data.FaultyDataException;
import dev.medzoo.zoo.data.PictureManifest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a data set of the user's own pictures: reads each, leaves out corrupt pictures and
 * duplicates, finds groups, splits them, and writes the folder with its manifest. It writes nothing
 * before all other steps have succeeded.
 */
public final class DataInit {
    /** List of the files left out, beside the manifest. */
    public static final String LEFT_OUT = "left-out.csv";

    private final InitOptions options;
    private final Consumer<String> progress;

    /**
     * @param progress receives a sentence now and then, from any thread
     */
    public DataInit(InitOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * The new data set.
     *
     * @param folder of it
     * @param table classes by splits
     * @param leftOut files not in it
     * @param notes how classes, groups and split were determined, a sentence each
     */
    public record Made(Path folder, SplitTable table, List<LeftOut> leftOut, List<String> notes) {
        public Made {
            leftOut = List.copyOf(leftOut);
            notes = List.copyOf(notes);
        }
    }

    /**
     * Makes the data set.
     *
     * @throws FileAlreadyExistsException when the folder, or its manifest, exists already
     * @throws FaultyDataException when the pictures do not make a data set, listing all that is
     *     missing
     */
    public Made run() throws IOException {
        refuseToOverwrite();
        Listing listing = options.listing();
        List<LeftOut> leftOut = new ArrayList<>(listing.leftOut());
        List<String> notes = new ArrayList<>(listing.notes());
        List<ReadPicture> pictures = usable(read(wanted(listing.files(), leftOut)), leftOut);
        if (pictures.isEmpty()) {
            throw new FaultyDataException(
                    List.of(
                            "%s: no picture with a label%s (expected: some)"
                                    .formatted(options.pictures(), such(leftOut))));
        }
        Groups groups = Groups.of(pictures, given(pictures));
        notes.addAll(groups.notes());
        List<String> sides =
                new Sides(options.shares(), options.seed(), options.ignoresGiven(), notes::add)
                        .of(pictures, groups.names());
        DataSetFolder folder = new DataSetFolder(options, pictures, groups.names(), sides);
        folder.write(leftOut);
        return new Made(
                options.out(),
                SplitTable.of(PictureManifest.read(options.out()).rows()),
                leftOut,
                notes);
    }

    private void refuseToOverwrite() throws IOException {
        Path folder = options.folder();
        if (!Files.exists(options.pictures()) || !Files.isDirectory(folder)) {
            Path absent = Files.exists(options.pictures()) ? folder : options.pictures();
            throw new NoSuchFileException(absent.toString());
        }
        Path taken =
                options.isInPlace() ? options.out().resolve(PictureManifest.FILE) : options.out();
        if (Files.exists(taken)) {
            throw new FileAlreadyExistsException(taken.toString());
        }
    }

    /** Pictures of the selected classes. */
    private List<Entry> wanted(List<Entry> files, List<LeftOut> leftOut) {
        for (String label : options.without()) {
            if (files.stream().noneMatch(each -> each.label().equals(label))) {
                throw new IllegalArgumentException(
                        "--without: %s (expected: one of %s)"
                                .formatted(
                                        label,
                                        files.stream().map(Entry::label).distinct().toList()));
            }
        }
        List<Entry> wanted = new ArrayList<>();
        for (Entry each : files) {
            if (options.without().contains(each.label())) {
                leftOut.add(new LeftOut(each.file(), "of class " + each.label()));
            } else {
                Artifact.checkLabel(each.label());
                wanted.add(each);
            }
        }
        return wanted;
    }

    private List<ReadPicture> read(List<Entry> files) {
        PatientPseudonyms patients = new PatientPseudonyms();
        AtomicInteger done = new AtomicInteger();
        ProgressInterval pace = new ProgressInterval(Duration.ofSeconds(5));
        progress.accept("reading %d files".formatted(files.size()));
        pace.isDue();
        return files.parallelStream()
                .map(
                        each -> {
                            ReadPicture picture = ReadPicture.of(each, patients);
                            int count = done.incrementAndGet();
                            synchronized (pace) {
                                if (pace.isDue()) {
                                    progress.accept(
                                            "read %d of %d files".formatted(count, files.size()));
                                }
                            }
                            return picture;
                        })
                .toList();
    }

    /** Pictures without corrupt ones and duplicates. */
    private static List<ReadPicture> usable(List<ReadPicture> read, List<LeftOut> leftOut) {
        Map<String, List<ReadPicture>> bySha256 = new HashMap<>();
        for (ReadPicture each : read) {
            if (each.fault() == null) {
                bySha256.computeIfAbsent(each.sha256(), any -> new ArrayList<>()).add(each);
            }
        }
        List<ReadPicture> usable = new ArrayList<>();
        for (ReadPicture each : read) {
            List<ReadPicture> same = bySha256.getOrDefault(each.sha256(), List.of(each));
            String reason = each.fault() != null ? each.fault() : repeated(each, same);
            if (reason == null) {
                usable.add(each);
            } else {
                leftOut.add(new LeftOut(each.entry().file(), reason));
            }
        }
        return usable;
    }

    /** Why a file with the same bytes as another is left out; null for the first of them. */
    private static @Nullable String repeated(ReadPicture picture, List<ReadPicture> same) {
        String label = picture.entry().label();
        for (ReadPicture other : same) {
            if (!other.entry().label().equals(label)) {
                return "the same bytes as %s, of class %s (expected: one class)"
                        .formatted(other.entry().file(), other.entry().label());
            }
        }
        Entry first = same.get(0).entry();
        return first.equals(picture.entry()) ? null : "the same bytes as " + first.file();
    }

    private static String such(List<LeftOut> leftOut) {
        return leftOut.isEmpty()
                ? ""
                : ", %d files left out, such as %s: %s"
                        .formatted(leftOut.size(), leftOut.get(0).file(), leftOut.get(0).reason());
    }

    /** The groups that the owner gave, one per picture, or null. */
    private List<@Nullable String> given(List<ReadPicture> pictures) {
        Pattern pattern = options.groupPattern();
        List<@Nullable String> given = new ArrayList<>();
        List<String> unmatched = new ArrayList<>();
        for (ReadPicture each : pictures) {
            if (pattern == null) {
                given.add(each.entry().group());
                continue;
            }
            Matcher matcher = pattern.matcher(each.entry().file());
            if (matcher.find()) {
                given.add(matcher.groupCount() > 0 ? matcher.group(1) : matcher.group());
            } else {
                unmatched.add(each.entry().file());
            }
        }
        if (pattern != null && !unmatched.isEmpty()) {
            throw new FaultyDataException(
                    List.of(
                            "--group-regex: %s not found in %d of %d paths, such as %s (expected: in"
                                            .formatted(
                                                    pattern,
                                                    unmatched.size(),
                                                    pictures.size(),
                                                    unmatched.get(0))
                                    + " each)"));
        }
        return given;
    }
}
