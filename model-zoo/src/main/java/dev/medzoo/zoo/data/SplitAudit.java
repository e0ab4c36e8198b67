package dev.medzoo.zoo.data;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.PictureBytes;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.zoo.format.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds faults that would invalidate a split: missing, changed or corrupt files, a group in two
 * splits, and near-duplicates across splits. Training runs it before its first step, and the
 * registry's gate before publishing.
 *
 * <p>Two pictures are near-duplicates if they are the same file or their {@link Fingerprint}s
 * match.
 */
public final class SplitAudit {
    /** Most faults of one kind reported one by one; more are summarised by their lines. */
    private static final int MOST_SHOWN = 3;

    private SplitAudit() {}

    /**
     * Finds all faults. Every picture is read and decoded, with one thread per core.
     *
     * @param pictures of one manifest or of several
     * @return one sentence per fault, with the lines of the manifests
     */
    public static List<String> faults(List<ListedPicture> pictures) {
        return faults(pictures, (picture, decoded) -> {});
    }

    /**
     * Finds all faults, and passes every picture to a visitor.
     *
     * @param visitor receives each readable picture, from several threads at once
     */
    public static List<String> faults(
            List<ListedPicture> pictures, BiConsumer<ListedPicture, RgbPicture> visitor) {
        List<String> faults = new ArrayList<>(sharedGroups(pictures));
        List<Seen> seen = pictures.parallelStream().map(each -> look(each, visitor)).toList();
        faults.addAll(unusable(seen));
        faults.addAll(nearDuplicates(seen));
        return faults;
    }

    /** Every group in more than one split. */
    public static List<String> sharedGroups(List<ListedPicture> pictures) {
        Map<String, Map<String, List<ListedPicture>>> sides = new TreeMap<>();
        for (ListedPicture picture : pictures) {
            sides.computeIfAbsent(picture.row().group(), group -> new TreeMap<>())
                    .computeIfAbsent(picture.row().split(), split -> new ArrayList<>())
                    .add(picture);
        }
        return sides.entrySet().stream()
                .filter(each -> each.getValue().size() > 1)
                .map(
                        each ->
                                "group: %s in %s (expected: in one split)"
                                        .formatted(each.getKey(), places(each.getValue())))
                .toList();
    }

    /** Such as {@code test (moles/manifest.csv line 8) and train (photos/manifest.csv line 2)}. */
    private static String places(Map<String, List<ListedPicture>> sides) {
        return sides.entrySet().stream()
                .map(side -> "%s (%s)".formatted(side.getKey(), where(side.getValue())))
                .collect(Collectors.joining(" and "));
    }

    /** Every missing file. */
    public static List<String> absent(List<ListedPicture> pictures) {
        return messages(
                pictures.stream()
                        .filter(picture -> !Files.isRegularFile(picture.path()))
                        .map(picture -> new Seen(picture, null, Fault.ABSENT, null))
                        .toList());
    }

    /** Which lines of which manifests. */
    private static String where(List<ListedPicture> pictures) {
        Map<Path, List<ListedPicture>> of = new LinkedHashMap<>();
        for (ListedPicture picture : pictures) {
            of.computeIfAbsent(picture.manifest().folder(), folder -> new ArrayList<>())
                    .add(picture);
        }
        return of.values().stream()
                .map(
                        each ->
                                each.get(0)
                                        .manifest()
                                        .where(each.stream().map(one -> one.row().line()).toList()))
                .collect(Collectors.joining(", "));
    }

    /** Why a file is unusable. */
    private enum Fault {
        ABSENT("absent", "a file that is there"),
        CHANGED("of another sha256 than listed", "the bytes that were listed"),
        BROKEN("not readable", "a whole picture");

        private final String many;
        private final String expected;

        Fault(String many, String expected) {
            this.many = many;
            this.expected = expected;
        }
    }

    /**
     * A checked picture.
     *
     * @param print its fingerprint; null if it has a fault
     * @param fault or null
     * @param detail of the fault; null for none
     */
    private record Seen(
            ListedPicture picture,
            @Nullable Fingerprint print,
            @Nullable Fault fault,
            @Nullable String detail) {}

    private static Seen look(ListedPicture picture, BiConsumer<ListedPicture, RgbPicture> visitor) {
        if (!Files.isRegularFile(picture.path())) {
            return new Seen(picture, null, Fault.ABSENT, null);
        }
        try {
            byte[] bytes = PictureBytes.of(picture.path());
            String sha256 = Sha256.hex(bytes);
            String listed = picture.row().sha256();
            if (!sha256.equals(listed)) {
                String detail = "sha256 %s, not %s as listed".formatted(sha256, listed);
                return new Seen(picture, null, Fault.CHANGED, detail);
            }
            RgbPicture decoded = new PictureDecoder().decode(bytes);
            visitor.accept(picture, decoded);
            return new Seen(picture, Fingerprint.of(decoded), null, null);
        } catch (TranslateException e) {
            return new Seen(picture, null, Fault.BROKEN, e.getMessage());
        }
    }

    private static List<String> unusable(List<Seen> seen) {
        return messages(seen.stream().filter(each -> each.fault != null).toList());
    }

    /** One sentence per file, or one for all if many files of a manifest have the same fault. */
    private static List<String> messages(List<Seen> faulty) {
        List<String> all = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            Map<Path, List<Seen>> of = new LinkedHashMap<>();
            for (Seen each : faulty) {
                if (each.fault == fault) {
                    of.computeIfAbsent(each.picture.manifest().folder(), m -> new ArrayList<>())
                            .add(each);
                }
            }
            for (List<Seen> together : of.values()) {
                if (together.size() > MOST_SHOWN) {
                    all.add(message(fault, together));
                } else {
                    together.forEach(each -> all.add(message(fault, each)));
                }
            }
        }
        return all;
    }

    private static String message(Fault fault, Seen of) {
        return "%s: %s: %s (expected: %s)"
                .formatted(
                        of.picture.where(),
                        of.picture.row().file(),
                        of.detail == null ? fault.many : of.detail,
                        fault.expected);
    }

    private static String message(Fault fault, List<Seen> together) {
        return "%s: %d files %s, such as %s (expected: %s)"
                .formatted(
                        where(together.stream().map(Seen::picture).toList()),
                        together.size(),
                        fault.many,
                        together.get(0).picture.row().file(),
                        fault.expected);
    }

    private static List<String> nearDuplicates(List<Seen> seen) {
        List<Seen> readable = seen.stream().filter(each -> each.print != null).toList();
        List<String> duplicates = new ArrayList<>();
        for (int i = 0; i < readable.size(); i++) {
            Seen one = readable.get(i);
            for (int j = 0; j < i; j++) {
                Seen other = readable.get(j);
                if (!one.picture.row().split().equals(other.picture.row().split())
                        && areAlike(one, other)) {
                    duplicates.add(alike(one.picture, other.picture));
                }
            }
        }
        return duplicates;
    }

    private static String alike(ListedPicture one, ListedPicture other) {
        return "%s: %s of %s is a near-duplicate of %s of %s, %s (expected: in one split, or one of them left out)"
                .formatted(
                        one.where(),
                        one.row().file(),
                        one.row().split(),
                        other.row().file(),
                        other.row().split(),
                        other.where());
    }

    private static boolean areAlike(Seen one, Seen other) {
        if (one.picture.row().sha256().equals(other.picture.row().sha256())) {
            return true;
        }
        return one.print != null && other.print != null && one.print.isNear(other.print);
    }
}
