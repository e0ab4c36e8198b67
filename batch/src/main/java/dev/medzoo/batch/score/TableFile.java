package dev.medzoo.batch.score;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/** A Parquet file of which it is known whether it is damaged, or its file system failed. */
final class TableFile implements InputFile {
    private final String location;
    private final FileSystem system;
    private final FileStatus status;
    private final List<WatchedStream> opened = new ArrayList<>();
    private @Nullable IOException notOpened;

    /**
     * @throws IOException if it cannot be opened
     */
    TableFile(String location, FileSystems files) throws IOException {
        this.location = location;
        if (FileSystems.isLocal(location)) {
            // Hadoop says of every file that it may not read that it is not there.
            try (InputStream in = files.open(location)) {
                Objects.requireNonNull(in);
            }
        }
        system = files.of(location);
        status = system.getFileStatus(FileSystems.path(location));
    }

    @Override
    public long getLength() {
        return status.getLen();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        FSDataInputStream in;
        try {
            in = system.open(status.getPath());
        } catch (IOException e) {
            notOpened = e;
            throw e;
        }
        WatchedStream watched = new WatchedStream(in);
        opened.add(watched);
        return new DelegatingSeekableInputStream(watched) {
            @Override
            public long getPos() throws IOException {
                return in.getPos();
            }

            @Override
            public void seek(long position) throws IOException {
                in.seek(position);
            }
        };
    }

    /**
     * Says why it cannot be read.
     *
     * @param e that came of trying to
     * @throws IOException if its file system failed, and may come back
     */
    String reason(Exception e) throws IOException {
        for (WatchedStream each : opened) {
            IOException failure = each.failure();
            if (failure != null && !PictureFiles.isLasting(location, failure)) {
                throw failure;
            }
        }
        if (notOpened != null) {
            if (!PictureFiles.isLasting(location, notOpened)) {
                throw notOpened;
            }
            return PictureFiles.reason(notOpened);
        }
        return "parquet: damaged, the rest is not read (%s)".formatted(FirstLine.of(e));
    }

    /** As Parquet's messages name it: without its name, so that a summary counts them together. */
    @Override
    public String toString() {
        return "the file";
    }
}
