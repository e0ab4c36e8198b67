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

    /** Headers with all their extensions, such as a long name, which are kept in memory. */
    private static final int MOST_HEADER_BYTES = 1 << 20;

    private static final Set<String> PICTURES =
            Set.of(
                    "jpg", "jpeg", "jpe", "jfif", "png", "tif", "tiff", "bmp", "gif", "webp", "dcm",
                    "dicom", "jp2", "heic", "heif", "avif", "ppm", "pgm", "pbm", "pnm", "img");

    private final String location;
    private final WatchedStream raw;
    private @Nullable Bounded unpacked;
    private @Nullable TarArchiveInputStream tar;
    private boolean ended;
    private long passedOver;

    TarPictures(String location, FileSystems files) throws IOException {
        this.location = location;
        raw = new WatchedStream(files.open(location));
    }

    @Override
    public @Nullable SourcePicture next() throws IOException {
        while (!ended) {
            try {
                if (unpacked == null || tar == null) {
                    unpacked = new Bounded(unpacked());
                    tar = new TarArchiveInputStream(unpacked);
                }
                TarArchiveEntry entry = tar.getNextEntry();
                unpacked.allow(entry == null ? 0 : entry.getSize());
                if (entry == null) {
                    ended = true;
                    if (tar.getBytesRead() == 0) {
                        return SourcePicture.unreadable(
                                location, null, "tar: empty (expected: an archive)");
                    }
                } else if (entry.isFile() && isPicture(entry.getName())) {
                    return picture(entry, tar);
                } else if (entry.isFile()) {
                    passedOver++;
                }
            } catch (IOException | IllegalArgumentException e) {
                IOException failure = raw.failure();
                if (failure != null && !FileSystems.isLocal(location)) {
                    throw failure;
                }
                ended = true;
                return SourcePicture.unreadable(
                        location,
                        null,
                        "tar: damaged, the rest is not read (%s)".formatted(e.getMessage()));
            }
        }
        return null;
    }

    private SourcePicture picture(TarArchiveEntry entry, InputStream in) throws IOException {
        return entry.isLink() || entry.isSymbolicLink()
                ? SourcePicture.unreadable(
                        location,
                        entry.getName(),
                        "picture: a link to another entry (expected: its bytes)")
                : PictureFiles.bytes(location, entry.getName(), in);
    }

    private InputStream unpacked() throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER);
        return location.toLowerCase(Locale.ROOT).endsWith("gz")
                ? new GZIPInputStream(buffered, BUFFER)
                : buffered;
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

    /** An entry and the headers of the next one: no name fills the memory. */
    private static final class Bounded extends FilterInputStream {
        private long left = MOST_HEADER_BYTES;

        Bounded(InputStream in) {
            super(in);
        }

        /** Begins an entry of so many bytes. */
        void allow(long bytes) {
            left = bytes + MOST_HEADER_BYTES;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(Math.max(0, read));
            return read;
        }

        @Override
        public long skip(long bytes) throws IOException {
            long skipped = super.skip(bytes);
            count(skipped);
            return skipped;
        }

        private void count(long bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException(
                        "headers of an entry: over %d bytes".formatted(MOST_HEADER_BYTES));
            }
        }
    }
}
