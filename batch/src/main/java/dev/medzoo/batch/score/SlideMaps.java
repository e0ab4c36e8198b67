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
        List<SlideRows.Read> rows = new ArrayList<>();
        for (SlidePlan.Part part : slide.parts()) {
            rows.addAll(
                    SlideRows.read(
                            folder.path(OutFolder.FINDINGS + "/" + OutFolder.name(part.number())),
                            files));
        }
        String error = error(rows);
        if (error != null) {
            return unread(slide, error);
        }
        try (OpenedSlide opened = OpenedSlide.of(slide.head(), slide.number(), reading, folder)) {
            TileFindings findings = findings(rows, opened, slide.location());
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

    /** Why there is no map: one with holes would look like glass. */
    private static @Nullable String error(List<SlideRows.Read> rows) {
        List<String> errors = new ArrayList<>();
        for (SlideRows.Read row : rows) {
            if (row.error() != null) {
                errors.add(row.error());
            }
        }
        if (errors.isEmpty()) {
            return null;
        }
        return rows.get(0).column() < 0
                ? errors.get(0)
                : "%d of %d fields have no finding, the first: %s"
                        .formatted(errors.size(), rows.size(), errors.get(0));
    }

    private static SlidesSummary.Line unread(SlidePlan.Planned slide, String error) {
        return new SlidesSummary.Line(slide.location(), null, 0, Map.of(), 0, 0, error);
    }

    private TileFindings findings(List<SlideRows.Read> rows, OpenedSlide opened, String file)
            throws IOException {
        TileFindings findings =
                SlideScorer.fields(labels, opened.tissue(), opened.grid(), reading.leastTissue());
        Map<Long, Integer> places = new HashMap<>();
        for (int i = 0; i < findings.count(); i++) {
            places.put(place(findings.column(i), findings.row(i)), i);
        }
        for (SlideRows.Read row : rows) {
            Integer field = places.remove(place(row.column(), row.row()));
            String label = row.label();
            if (field == null || label == null) {
                throw new IOException(
                        "%s: a row of field %d,%d (expected: one for each field with tissue)"
                                .formatted(file, row.column(), row.row()));
            }
            findings.set(field, label, row.probabilities(), row.abstained(), row.unlikeTraining());
        }
        if (!places.isEmpty()) {
            throw new IOException(
                    "%s: %d fields without a row (expected: one for each field with tissue)"
                            .formatted(file, places.size()));
        }
        return findings;
    }

    private static long place(int column, int row) {
        return (long) row << Integer.SIZE | column;
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
