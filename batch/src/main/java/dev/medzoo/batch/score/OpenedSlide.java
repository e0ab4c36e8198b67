package dev.medzoo.batch.score;

import dev.medzoo.batch.slide.Slide;
import dev.medzoo.batch.slide.SlideReading;
import dev.medzoo.batch.slide.TileGrid;
import dev.medzoo.batch.slide.TissueMap;
import dev.medzoo.translate.decode.RgbPicture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A slide with its fields and its tissue. Tissue is looked for once; the map is kept in the run's
 * folder as long as the run goes, for all parts of the slide.
 */
record OpenedSlide(Slide slide, TileGrid grid, TissueMap tissue) implements Closeable {

    /**
     * Opens a slide.
     *
     * @param number of it in the run
     * @throws UnreadSlideException if it cannot be read
     * @throws IOException if the run's folder fails
     */
    static OpenedSlide of(SlideHead head, int number, SlideReading reading, OutFolder folder)
            throws IOException, UnreadSlideException {
        Slide slide;
        try {
            slide = Slide.open(Path.of(head.file().location()));
        } catch (IOException | RuntimeException e) {
            throw UnreadSlideException.of(e);
        }
        try {
            TileGrid grid = grid(slide, reading);
            return new OpenedSlide(slide, grid, tissue(slide, grid, number, folder));
        } catch (IOException | RuntimeException | UnreadSlideException e) {
            slide.close();
            throw e;
        }
    }

    private static TileGrid grid(Slide slide, SlideReading reading)
            throws IOException, UnreadSlideException {
        try {
            return reading.grid(slide);
        } catch (IllegalArgumentException e) {
            throw UnreadSlideException.of(e);
        }
    }

    private static TissueMap tissue(Slide slide, TileGrid grid, int number, OutFolder folder)
            throws IOException, UnreadSlideException {
        String name = "%s/tissue-%06d.rgb.gz".formatted(OutFolder.WORKING, number);
        byte[] kept = folder.read(name);
        if (kept != null) {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(kept))) {
                return TissueMap.of(
                        grid,
                        new RgbPicture(
                                TissueMap.CELLS * grid.columns(),
                                TissueMap.CELLS * grid.rows(),
                                in.readAllBytes()));
            }
        }
        TissueMap tissue = looked(slide, grid);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(tissue.picture().rgb());
        }
        folder.write(name, bytes.toByteArray());
        return tissue;
    }

    private static TissueMap looked(Slide slide, TileGrid grid)
            throws IOException, UnreadSlideException {
        try {
            return TissueMap.of(slide, grid);
        } catch (IOException | RuntimeException e) {
            throw UnreadSlideException.of(e);
        }
    }

    @Override
    public void close() throws IOException {
        slide.close();
    }
}
