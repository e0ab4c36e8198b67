package dev.medzoo.batch.slide;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.decode.dicom.TiledInstance;
import dev.medzoo.translate.decode.dicom.UnreadDicomException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A DICOM slide: the whole-slide pictures of one series, each a file and a level. Given one file,
 * the others of its series are looked for beside it. Labels, overviews and thumbnails are left out.
 */
final class DicomSlide implements TileSource {
    private static final int LEAST_HEAD = 1 << 16;

    /** Functional groups and offset tables come before the pixels. */
    private static final int MOST_HEAD = 1 << 26;

    private static final int START_BYTES = 132;
    private static final int MOST_FILES = 2000;
    private static final int MOST_LEVELS = 64;
    private static final double MOST_UNLIKE = 0.02;

    private final List<DicomLevel> files;
    private final List<SlideLevel> levels = new ArrayList<>();
    private final OptionalDouble micrometres;

    private DicomSlide(List<DicomLevel> files) throws IOException {
        this.files = files;
        files.sort(Comparator.comparingLong(DicomLevel::width).reversed());
        DicomLevel finest = files.get(0);
        for (DicomLevel each : files) {
            double across = (double) finest.width() / each.width();
            double down = (double) finest.height() / each.height();
            levels.add(each.level((across + down) / 2));
        }
        micrometres = finest.instance().micrometresPerPixel();
    }

    static boolean begins(byte[] start) {
        return TiledInstance.begins(start);
    }

    /**
     * Opens the slide that a file belongs to.
     *
     * @throws SlideException if it is no level of a slide, or one of its series cannot be read
     */
    static DicomSlide open(SlideFile file) throws IOException {
        TiledInstance first = instance(file);
        if (first == null) {
            throw file.refused(
                    "a DICOM picture (expected: a level of a whole slide; predict reads pictures)");
        }
        if (!first.isVolume()) {
            throw file.refused(
                    "a label, overview or thumbnail (expected: a level of the slide, VOLUME)");
        }
        List<DicomLevel> levels = new ArrayList<>();
        try {
            levels.add(level(file, first));
            for (Path other : beside(file.path())) {
                addLevel(other, first.series(), levels);
            }
            return new DicomSlide(levels);
        } catch (IOException | RuntimeException e) {
            for (DicomLevel each : levels) {
                each.close();
            }
            throw e;
        }
    }

    /** The first level of a slide in a folder, in the order of names; null if there is none. */
    static @Nullable Path levelIn(Path folder) throws IOException {
        for (Path each : files(folder)) {
            try (SlideFile file = SlideFile.open(each)) {
                TiledInstance instance = isDicom(file) ? instance(file) : null;
                if (instance != null && instance.isVolume()) {
                    return each;
                }
            }
        }
        return null;
    }

    private static List<Path> beside(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        List<Path> others = new ArrayList<>();
        for (Path each : folder == null ? List.<Path>of() : files(folder)) {
            if (!Files.isSameFile(each, path)) {
                others.add(each);
            }
        }
        return others;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files =
                    all.filter(Files::isRegularFile).sorted().limit(MOST_FILES + 1L).toList();
            if (files.size() > MOST_FILES) {
                throw new SlideException(
                        folder, "over %d files (expected: at most as many)".formatted(MOST_FILES));
            }
            return files;
        }
    }

    private static void addLevel(Path path, String series, List<DicomLevel> levels)
            throws IOException {
        SlideFile file = SlideFile.open(path);
        boolean isKept = false;
        try {
            TiledInstance instance = isDicom(file) ? instance(file) : null;
            if (instance != null && instance.isVolume() && instance.series().equals(series)) {
                DicomLevel level = level(file, instance);
                checkAlike(file, level, levels);
                levels.add(level);
                isKept = true;
            }
        } finally {
            if (!isKept) {
                file.close();
            }
        }
    }

    private static void checkAlike(SlideFile file, DicomLevel level, List<DicomLevel> levels)
            throws SlideException {
        DicomLevel first = levels.get(0);
        double shape =
                (double) level.width() * first.height() / ((double) level.height() * first.width());
        boolean isAlike =
                Math.abs(shape - 1) <= MOST_UNLIKE + 2.0 / Math.min(level.height(), level.width());
        boolean isNew = levels.stream().allMatch(each -> each.width() != level.width());
        if (!isAlike || !isNew || levels.size() == MOST_LEVELS) {
            throw file.refused(
                    "%dx%d pixels in one series with %dx%d (expected: levels of one shape, each once)"
                            .formatted(
                                    level.width(), level.height(), first.width(), first.height()));
        }
    }

    /** Whether a file is a label, overview or thumbnail of a slide. */
    static boolean isAccompanying(SlideFile file) throws IOException {
        TiledInstance instance = isDicom(file) ? instance(file) : null;
        return instance != null && !instance.isVolume();
    }

    @Override
    public Path finestFile() {
        return files.get(0).path();
    }

    private static boolean isDicom(SlideFile file) throws IOException {
        return begins(file.read(0, Math.min(START_BYTES, file.length()), "its first bytes"));
    }

    private static DicomLevel level(SlideFile file, TiledInstance instance) throws IOException {
        try {
            return new DicomLevel(file, instance);
        } catch (UnreadDicomException e) {
            throw new SlideException(file.path(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Parses as much of a file as its header needs; null for a picture of another kind. */
    private static @Nullable TiledInstance instance(SlideFile file) throws IOException {
        for (int head = LEAST_HEAD; ; head *= 8) {
            byte[] bytes = file.read(0, Math.min(head, file.length()), "its header");
            try {
                return TiledInstance.read(bytes, new HeaderLimits());
            } catch (EOFException e) {
                if (head >= MOST_HEAD || head >= file.length()) {
                    throw new SlideException(
                            file.path(), "truncated or broken DICOM (" + e.getMessage() + ")", e);
                }
            } catch (SlideException e) {
                throw e;
            } catch (IOException | IllegalArgumentException e) {
                throw new SlideException(file.path(), String.valueOf(e.getMessage()), e);
            }
        }
    }

    @Override
    public String format() {
        return "DICOM, " + files.get(0).instance().coding();
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
    public RgbPicture tile(int level, int column, int row) throws IOException, TranslateException {
        return files.get(level).tile(column, row);
    }

    @Override
    public void close() throws IOException {
        for (DicomLevel each : files) {
            each.close();
        }
    }
}
