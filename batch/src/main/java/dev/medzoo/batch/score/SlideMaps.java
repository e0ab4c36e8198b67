package dev.medzoo.batch.score;

import dev.medzoo.batch.slide.SlideReading;
import dev.medzoo.batch.slide.SlideReport;
import dev.medzoo.batch.slide.SlideResult;
import dev.medzoo.batch.slide.SlideScorer;
import dev.medzoo.batch.slide.SlideShares;
import dev.medzoo.batch.slide.TileFindings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the maps of slides, from the rows of their parts. */
final class SlideMaps {
    private static final String SUMMARY = "summary.json";

    private final FileSystems files;
    private final OutFolder folder;
    private final ModelSource source;
    private final SlideReading reading;
    private final List<String> labels;

    /**
     * @param labels of the model
     */
    SlideMaps(
            FileSystems files,
            OutFolder folder,
            ModelSource source,
            SlideReading reading,
            List<String> labels) {
        this.files = files;
        this.folder = folder;
        this.source = source;
        this.reading = reading;
        this.labels = List.copyOf(labels);
    }

    /**
     * Writes a slide's files, unless they are there.
     *
     * @return what is said of it among all
     */
    SlidesSummary.Line write(SlidePlan.Planned slide) throws IOException {
        try (OpenedSlide opened = OpenedSlide.of(slide.head(), slide.number(), reading, folder)) {
            TileFindings findings =
                    SlideScorer.fields(
                            labels, opened.tissue(), opened.grid(), reading.leastTissue());
            String error = read(slide, opened, findings);
            if (error != null) {
                return unread(slide, error);
            }
            SlideResult result =
                    new SlideResult(
                            opened.slide(),
                            source.identity(),
                            reading.micrometres(opened.slide()),
                            reading.scaleSource(),
                            opened.grid(),
                            reading.modelScaleSource(),
                            opened.tissue(),
                            reading.leastTissue(),
                            findings);
            if (!folder.has(slide.folder() + "/" + SUMMARY)) {
                write(result, slide.folder());
            }
            return line(slide, result.shares());
        } catch (UnreadSlideException e) {
            return unread(slide, e.reason());
        }
    }

    /**
     * Reads the rows, each of which is of another field.
     *
     * @return why there is no map, since one with holes would look like glass; null if there is one
     */
    private @Nullable String read(
            SlidePlan.Planned slide, OpenedSlide opened, TileFindings findings) throws IOException {
        int columns = opened.grid().columns();
        int[] places = new int[columns * opened.grid().rows()];
        for (int i = 0; i < findings.count(); i++) {
            places[findings.row(i) * columns + findings.column(i)] = i + 1;
        }
        int rows = 0;
        int errors = 0;
        String first = null;
        for (SlidePlan.Part part : slide.parts()) {
            for (SlideRows.Read row : rows(part)) {
                if (row.column() < 0) {
                    return row.error();
                }
                int place = row.row() * columns + row.column();
                String label = row.label();
                if (places[place] == 0) {
                    throw new IOException(
                            "%s: a row too many of field %d,%d (expected: one for each field with tissue)"
                                    .formatted(slide.location(), row.column(), row.row()));
                }
                if (label == null) {
                    errors++;
                    first = first == null ? row.error() : first;
                } else {
                    findings.set(
                            places[place] - 1,
                            label,
                            row.probabilities(),
                            row.abstained(),
                            row.unlikeTraining());
                }
                places[place] = 0;
                rows++;
            }
        }
        if (rows != findings.count()) {
            throw new IOException(
                    "%s: %d rows (expected: %d, one for each field with tissue)"
                            .formatted(slide.location(), rows, findings.count()));
        }
        return errors == 0
                ? null
                : "%d of %d fields have no finding, the first: %s".formatted(errors, rows, first);
    }

    private List<SlideRows.Read> rows(SlidePlan.Part part) throws IOException {
        return SlideRows.read(
                folder.path(OutFolder.FINDINGS + "/" + OutFolder.name(part.number())), files);
    }

    private static SlidesSummary.Line unread(SlidePlan.Planned slide, String error) {
        return new SlidesSummary.Line(slide.location(), null, 0, Map.of(), 0, 0, error);
    }

    /** Its summary comes last, which says that all others are there. */
    private void write(SlideResult result, String name) throws IOException {
        Path local = Files.createTempDirectory("medzoo-slide");
        List<Path> written = new ArrayList<>();
        try {
            written.addAll(SlideReport.into(local).write(result, reading.mapped(labels)));
            for (int i = written.size() - 1; i >= 0; i--) {
                Path file = written.get(i);
                folder.write(name + "/" + file.getFileName(), Files.readAllBytes(file));
            }
        } finally {
            for (Path file : written) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(local);
        }
    }

    private static SlidesSummary.Line line(SlidePlan.Planned slide, SlideShares shares) {
        Map<String, Integer> answered = new HashMap<>();
        for (int i = 0; i < shares.labels().size(); i++) {
            answered.put(shares.labels().get(i), shares.answered().get(i));
        }
        return new SlidesSummary.Line(
                slide.location(),
                slide.folder(),
                shares.fields(),
                answered,
                shares.abstained(),
                shares.unlike(),
                null);
    }
}
