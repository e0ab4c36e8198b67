package dev.medzoo.batch.score;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a tar archive, as WebDataset has them: {@code 0001.jpg} beside {@code 0001.cls}.
 * What is a picture is told by the end of its name. A damaged archive ends with a row that says so.
 */
final class TarPictures implements SourcePictures {
    private static final int BUFFER = 1 << 16;

    private static final Set<String> PICTURES =
            Set.of(
                    "jpg", "jpeg", "jpe", "jfif", "png", "tif", "tiff", "bmp", "gif", "webp", "dcm",
                    "dicom", "jp2", "heic", "heif", "avif", "ppm", "pgm", "pbm", "pnm", "img");

    private final String location;
    private final Watched raw;
    private @Nullable TarArchiveInputStream tar;
    private boolean ended;
    private long passedOver;

    TarPictures(String location, FileSystems files) throws IOException {
        this.location = location;
        raw = new Watched(files.open(location));
    }

    @Override
    public @Nullable SourcePicture next() throws IOException {
        while (!ended) {
            try {
                if (tar == null) {
                    tar = opened();
                }
                TarArchiveEntry entry = tar.getNextEntry();
                if (entry == null) {
                    ended = true;
                } else if (entry.isFile() && isPicture(entry.getName())) {
                    return PictureFiles.bytes(location, entry.getName(), tar);
                } else if (entry.isFile()) {
                    passedOver++;
                }
            } catch (IOException | IllegalArgumentException e) {
                raw.rethrow(location);
                ended = true;
                return SourcePicture.unreadable(
                        location,
                        null,
                        "tar: damaged, the rest is not read (%s)".formatted(e.getMessage()));
            }
        }
        return null;
    }

    private TarArchiveInputStream opened() throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER);
        return new TarArchiveInputStream(
                location.endsWith("gz") ? new GZIPInputStream(buffered, BUFFER) : buffered);
    }

    /** Whether a name is that of a picture: by its end, and not a hidden file's. */
    static boolean isPicture(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        String end = last.substring(last.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return !last.startsWith(".") && PICTURES.contains(end);
    }

    @Override
    public long passedOver() {
        return passedOver;
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }

    /** Tells a file system that failed from an archive that is damaged. */
    private static final class Watched extends FilterInputStream {
        private @Nullable IOException failure;

        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        void rethrow(String location) throws IOException {
            if (failure != null && !FileSystems.isLocal(location)) {
                throw failure;
            }
        }
    }
}
