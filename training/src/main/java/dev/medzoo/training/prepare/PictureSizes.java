package dev.medzoo.training.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects the sizes of a data set's pictures. Thread safe. */
final class PictureSizes {
    private static final double KIBIBYTE = 1024;

    private final List<Integer> widths = new ArrayList<>();
    private final List<Integer> heights = new ArrayList<>();
    private final List<Long> bytes = new ArrayList<>();

    synchronized void add(int width, int height, long fileBytes) {
        widths.add(width);
        heights.add(height);
        bytes.add(fileBytes);
    }

    /** Describes the sizes; empty without pictures. */
    synchronized List<String> notes() {
        if (widths.isEmpty()) {
            return List.of();
        }
        List<Long> files = bytes.stream().sorted().toList();
        return List.of(
                "pictures: width %s, height %s pixels".formatted(notes(widths), notes(heights)),
                String.format(
                        Locale.ROOT,
                        "files: %.0f to %.0f KiB, median %.0f KiB",
                        files.get(0) / KIBIBYTE,
                        files.get(files.size() - 1) / KIBIBYTE,
                        files.get(files.size() / 2) / KIBIBYTE));
    }

    private static String notes(List<Integer> values) {
        List<Integer> sorted = values.stream().sorted().toList();
        int least = sorted.get(0);
        int most = sorted.get(sorted.size() - 1);
        return least == most
                ? String.valueOf(least)
                : "%d to %d (median %d)".formatted(least, most, sorted.get(sorted.size() / 2));
    }
}
