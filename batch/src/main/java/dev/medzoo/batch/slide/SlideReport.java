package dev.medzoo.batch.slide;

import dev.medzoo.zoo.format.Json;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The folder of files about a scored slide: {@code summary.json}, {@code tiles.csv}, {@code
 * regions.geojson}, and for each class a heat map, with {@code heatmaps.txt} that explains their
 * colours. Each says that it is for research and no diagnosis.
 */
public final class SlideReport {
    private static final String SUMMARY = "summary.json";
    private static final String TILES = "tiles.csv";
    private static final String REGIONS = "regions.geojson";
    private static final String LEGEND = "heatmaps.txt";

    private final Path folder;

    private SlideReport(Path folder) {
        this.folder = folder;
    }

    /**
     * Prepares a folder.
     *
     * @param folder created if absent
     * @throws FileSystemException if it is a file, or not empty: results of two runs would mix
     */
    public static SlideReport into(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new FileSystemException(
                    folder.toString(), null, "a file (expected: a new or empty folder)");
        }
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new FileSystemException(
                        folder.toString(), null, "not empty (expected: a new or empty folder)");
            }
        }
        return new SlideReport(folder);
    }

    /**
     * Writes all files.
     *
     * @param mapped classes to draw heat maps of
     * @return the files, the summary first
     * @throws IllegalArgumentException if the model has no such class
     */
    public List<Path> write(SlideResult result, List<String> mapped) throws IOException {
        List<Path> files = new ArrayList<>();
        files.add(write(SUMMARY, Json.write(SlideSummary.of(result))));
        files.add(TilesCsv.write(result, folder.resolve(TILES)));
        files.add(RegionsGeoJson.write(result, folder.resolve(REGIONS)));
        for (String label : mapped) {
            files.add(write(name(label), SlideHeatMap.png(result, label)));
        }
        files.add(write(LEGEND, SlideHeatMap.legend(result)));
        return files;
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes, StandardOpenOption.CREATE_NEW);
    }

    /** A label may have any characters; a file's name has not. */
    private static String name(String label) {
        return "heatmap-" + label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]", "_") + ".png";
    }
}
