package dev.medzoo.zoo.data;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.zoo.format.Sha256;
import java.io.IOException;
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
 * What keeps the pictures of a split from measuring anything: files that are gone, changed or
 * broken, a group on two sides, and a picture whose near-duplicate is on another side. Training
 * asks before its first step, and the registry's gate before it publishes.
 *
 * <p>Two pictures are near-duplicates when they are one file, or when their {@link Fingerprint}s
 * say so.
 */
public final class SplitAudit {
    /** Faults of one kind that are told one by one; more of them are told by their lines. */
    private static final int MOST_TOLD = 3;

    private SplitAudit() {}

    /**
     * All of it. Every picture is read and decoded, by as many threads as there are cores.
     *
     * @param pictures of one manifest or of several
     * @return a sentence a fault, with the lines of the manifests
     */
    public static List<String> faults(List<ListedPicture> pictures) {
        return faults(pictures, (picture, decoded) -> {});
    }

    /**
     * All of it, with a look at every picture on the way.
     *
     * @param visitor is given each picture that can be read, by several threads at once
     */
    public static List<String> faults(
            List<ListedPicture> pictures, BiConsumer<ListedPicture, RgbPicture> visitor) {
        List<String> faults = new ArrayList<>(sharedGroups(pictures));
        List<Seen> seen = pictures.parallelStream().map(each -> look(each, visitor)).toList();
        faults.addAll(unusable(seen));
        faults.addAll(nearDuplicates(seen));
        return faults;
    }

    /** Every group that stands on two sides of a split. */
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

    /** Every file that is not there. */
    public static List<String> absent(List<ListedPicture> pictures) {
        return told(
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

    /** Why a file is of no use. */
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
     * A picture that was looked at.
     *
     * @param print what stays of it; null where it has a fault
     * @param fault or null
     * @param detail of the fault; null where there is no more to say
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
            byte[] bytes = Files.readAllBytes(picture.path());
            String sha256 = Sha256.hex(bytes);
            String listed = picture.row().sha256();
            if (!sha256.equals(listed)) {
                String detail = "sha256 %s, not %s as listed".formatted(sha256, listed);
                return new Seen(picture, null, Fault.CHANGED, detail);
            }
            RgbPicture decoded = new PictureDecoder().decode(bytes);
            visitor.accept(picture, decoded);
            return new Seen(picture, Fingerprint.of(decoded), null, null);
        } catch (TranslateException | IOException e) {
            return new Seen(picture, null, Fault.BROKEN, e.getMessage());
        }
    }

    private static List<String> unusable(List<Seen> seen) {
        return told(seen.stream().filter(each -> each.fault != null).toList());
    }

    /** A sentence a file, or, where many of a manifest have one fault, one for all of them. */
    private static List<String> told(List<Seen> faulty) {
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
                if (together.size() > MOST_TOLD) {
                    all.add(told(fault, together));
                } else {
                    together.forEach(each -> all.add(told(fault, each)));
                }
            }
        }
        return all;
    }

    private static String told(Fault fault, Seen of) {
        return "%s: %s: %s (expected: %s)"
                .formatted(
                        of.picture.where(),
                        of.picture.row().file(),
                        of.detail == null ? fault.many : of.detail,
                        fault.expected);
    }

    private static String told(Fault fault, List<Seen> together) {
        return "%s: %d files %s, such as %s (expected: %s)"
                .formatted(
                        where(together.stream().map(Seen::picture).toList()),
                        together.size(),
                        fault.many,
                        together.get(0).picture.row().file(),
                        fault.expected);
    }

    private static List<String> nearDuplicates(List<Seen> seen) {
        List<Seen> whole = seen.stream().filter(each -> each.print != null).toList();
        List<String> duplicates = new ArrayList<>();
        for (int i = 0; i < whole.size(); i++) {
            Seen one = whole.get(i);
            for (int j = 0; j < i; j++) {
                Seen other = whole.get(j);
                if (!one.picture.row().split().equals(other.picture.row().split())
                        && areAlike(one, other)) {
                    duplicates.add(alike(one.picture, other.picture));
                }
            }
        }
        return duplicates;
    }

    private static String alike(ListedPicture one, ListedPicture other) {
        return "%s: %s of %s is nearly %s of %s, %s (expected: in one split, or one of them left out)"
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
