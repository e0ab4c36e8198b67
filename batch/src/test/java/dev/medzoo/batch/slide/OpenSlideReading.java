package dev.medzoo.batch.slide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What OpenSlide reads of a slide, by its Python binding.
 *
 * @param slide the file
 * @param vendor as OpenSlide names it
 * @param micrometresPerPixel of the finest level
 * @param levels sizes, the finest first
 */
record OpenSlideReading(
        Path slide, String vendor, double micrometresPerPixel, List<String> levels) {
    private static final Path SCRIPT = Path.of("src/test/python/openslide_levels.py");

    /** Reads all levels of slides, in one process for all. */
    static Map<Path, OpenSlideReading> of(List<Path> slides, Path folder) throws IOException {
        Path out = folder.resolve("openslide.json");
        Path err = folder.resolve("openslide.txt");
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", SCRIPT.toString()));
        slides.forEach(slide -> command.add(slide.toString()));
        Process python =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        try {
            assertThat(python.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            python.destroyForcibly();
        }
        assertThat(python.exitValue()).as(Files.readString(err)).isZero();
        List<String> lines = Files.readAllLines(out);
        Map<Path, OpenSlideReading> readings = new LinkedHashMap<>();
        for (int i = 0; i < slides.size(); i++) {
            readings.put(slides.get(i), of(slides.get(i), lines.get(i)));
        }
        return readings;
    }

    private static OpenSlideReading of(Path slide, String line) throws IOException {
        JsonNode json = new ObjectMapper().readTree(line);
        List<String> levels = new ArrayList<>();
        json.get("levels").forEach(level -> levels.add(level.asText()));
        return new OpenSlideReading(
                slide, json.get("vendor").asText(), json.get("mpp").asDouble(), levels);
    }

    /** Pixels of a level, three bytes each. */
    byte[] level(int number) throws IOException {
        return Files.readAllBytes(Path.of(slide + "." + number + ".rgb"));
    }
}
