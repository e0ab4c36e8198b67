package dev.medzoo.batch.slide;

import dev.medzoo.zoo.format.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
     * Writes all files. If one fails, those before it are deleted: the folder is as it was.
     *
     * @param mapped classes to draw heat maps of; each is drawn once
     * @return the files, the summary first
     * @throws IllegalArgumentException if the model has no such class
     */
    public List<Path> write(SlideResult result, List<String> mapped) throws IOException {
        List<Path> files = new ArrayList<>();
        try {
            write(SUMMARY, Json.write(SlideSummary.of(result)), files);
            TilesCsv.write(result, fresh(TILES, files));
            RegionsGeoJson.write(result, fresh(REGIONS, files));
            List<String> labels = mapped.stream().distinct().toList();
            List<String> names = names(labels);
            for (int i = 0; i < labels.size(); i++) {
                write(names.get(i), SlideHeatMap.png(result, labels.get(i)), files);
            }
            write(LEGEND, SlideHeatMap.legend(result), files);
        } catch (IOException | RuntimeException e) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
        return files;
    }

    private void write(String name, byte[] bytes, List<Path> files) throws IOException {
        Files.write(fresh(name, files), bytes, StandardOpenOption.CREATE_NEW);
    }

    /** A path in the folder that is now one of these files. */
    private Path fresh(String name, List<Path> files) throws IOException {
        Path file = folder.resolve(name);
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        files.add(file);
        return file;
    }

    /** A label may have any characters; a file's name has not. Two labels have two names. */
    static List<String> names(List<String> labels) {
        Set<String> names = new LinkedHashSet<>();
        for (String label : labels) {
            String plain = label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]", "_");
            String name = "heatmap-%s.png".formatted(plain);
            for (int i = 2; !names.add(name); i++) {
                name = "heatmap-%s-%d.png".formatted(plain, i);
            }
        }
        return List.copyOf(names);
    }
}
