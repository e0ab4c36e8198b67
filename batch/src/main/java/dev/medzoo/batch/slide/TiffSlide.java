package dev.medzoo.batch.slide;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.RgbPicture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A tiled TIFF or BigTIFF, Aperio's SVS among them. The first directory is the finest level. Of the
 * others, levels are those in tiles of the same shape: in SVS all of them, else those marked as a
 * reduced copy, in the chain of directories or below the first one, where OME-TIFF has them.
 * Thumbnails, labels and other pictures are left unread. As in OpenSlide, the orientation is not
 * applied.
 */
final class TiffSlide implements TileSource {
    private static final int REDUCED = 1;

    /** By how much a level's shape may differ from the finest one's: its sides are rounded. */
    private static final double MOST_PIXELS_OFF = 2;

    /** Of all levels together: twice as many as the finest may have. */
    private static final long MOST_TILES = 2 * TiffLevel.MOST_TILES;

    private final SlideFile file;
    private final String format;
    private final List<TiffLevel> directories = new ArrayList<>();
    private final List<SlideLevel> levels = new ArrayList<>();
    private final OptionalDouble micrometres;

    private TiffSlide(SlideFile file, TiffStructure tiff) throws IOException {
        this.file = file;
        List<TiffTags> all = tiff.directories();
        TiffTags first = all.get(0);
        if (!first.has(TiffTag.TILE_OFFSETS)) {
            throw file.refused(
                    "a TIFF in strips (expected: in tiles, as slides are; predict reads pictures)");
        }
        all.addAll(tiff.below(first));
        AperioDescription aperio = AperioDescription.of(first);
        OmeDescription ome = OmeDescription.of(first);
        for (int i = 0; i < all.size(); i++) {
            TiffTags tags = all.get(i);
            boolean isReduced = (tags.number(TiffTag.SUBFILE_TYPE, 0) & REDUCED) != 0;
            if (tags.has(TiffTag.TILE_OFFSETS) && (i == 0 || aperio.isAperio() || isReduced)) {
                addLevel(TiffLevel.of(file, tags, i));
                checkCount();
            }
        }
        directories.sort(Comparator.comparingLong(TiffLevel::width).reversed());
        for (TiffLevel each : directories) {
            levels.add(each.level(downsample(each)));
        }
        format =
                "%s, %s"
                        .formatted(
                                aperio.isAperio()
                                        ? "Aperio SVS"
                                        : (ome.isOme() ? "OME-" : "")
                                                + (tiff.isBig() ? "BigTIFF" : "TIFF"),
                                directories.get(0).coding());
        micrometres = micrometres(file, first, aperio, ome);
    }

    private static OptionalDouble micrometres(
            SlideFile file, TiffTags first, AperioDescription aperio, OmeDescription ome)
            throws IOException {
        if (aperio.isAperio()) {
            return aperio.micrometresPerPixel();
        }
        OptionalDouble described = ome.micrometresPerPixel(file);
        return described.isPresent() ? described : TiffResolution.of(file, first);
    }

    /**
     * Reads the structure of a file. No tile is decoded.
     *
     * @throws SlideException if it is no tiled TIFF, or a malformed one
     */
    static TiffSlide open(SlideFile file) throws IOException {
        return new TiffSlide(file, TiffStructure.of(file));
    }

    private void addLevel(TiffLevel level) {
        if (directories.isEmpty()) {
            directories.add(level);
            return;
        }
        TiffLevel finest = directories.get(0);
        double height = (double) finest.height() * level.width() / finest.width();
        boolean isAlike = Math.abs(height - level.height()) <= MOST_PIXELS_OFF;
        boolean isNew = directories.stream().allMatch(each -> each.width() > level.width());
        if (isAlike && isNew) {
            directories.add(level);
        }
    }

    /** Directories may share their tables, so a small file could fill the memory. */
    private void checkCount() throws SlideException {
        long tiles = 0;
        for (TiffLevel each : directories) {
            tiles += each.count();
        }
        if (tiles > MOST_TILES) {
            throw file.refused(
                    "%d tiles in all levels (expected: at most %d)".formatted(tiles, MOST_TILES));
        }
    }

    private double downsample(TiffLevel level) {
        TiffLevel finest = directories.get(0);
        double across = (double) finest.width() / level.width();
        double down = (double) finest.height() / level.height();
        return (across + down) / 2;
    }

    @Override
    public Path finestFile() {
        return file.path();
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public List<SlideLevel> levels() {
        return List.copyOf(levels);
    }

    @Override
    public OptionalDouble micrometresPerPixel() {
        return micrometres;
    }

    @Override
    public @Nullable RgbPicture tile(int level, int column, int row)
            throws IOException, TranslateException {
        return directories.get(level).tile(column, row);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
