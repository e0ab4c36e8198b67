package dev.medzoo.batch.score;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A file system elsewhere, {@code failing:/path}, of which some reads of a file's begin fail. */
public final class FailingFileSystem extends RawLocalFileSystem {
    /** So many more reads fail. */
    static final AtomicInteger LEFT = new AtomicInteger();

    /** Neither a picture nor a Parquet file's first page begins later. */
    private static final long BEGIN = 4;

    /** Called by Hadoop. */
    public FailingFileSystem() {}

    /** Has Hadoop know it. */
    static void add(Configuration configuration) {
        configuration.set("fs.failing.impl", FailingFileSystem.class.getName());
    }

    @Override
    public URI getUri() {
        return URI.create("failing:///");
    }

    @Override
    public String getScheme() {
        return "failing";
    }

    /** There is a place that nobody made, as a bucket may be. */
    @Override
    public boolean mkdirs(Path folder) throws IOException {
        if (folder.toString().contains("no-bucket")) {
            throw new IOException("no such bucket");
        }
        return super.mkdirs(folder);
    }

    @Override
    public FSDataInputStream open(Path file, int buffer) throws IOException {
        return new FSDataInputStream(new Failing(super.open(file, buffer)));
    }

    private static final class Failing extends FSInputStream {
        private final FSDataInputStream in;

        Failing(FSDataInputStream in) {
            this.in = in;
        }

        private void fail() throws IOException {
            if (in.getPos() <= BEGIN && LEFT.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IOException("connection reset");
            }
        }

        @Override
        public int read() throws IOException {
            fail();
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            fail();
            return in.read(bytes, offset, length);
        }

        @Override
        public void seek(long position) throws IOException {
            in.seek(position);
        }

        @Override
        public long getPos() throws IOException {
            return in.getPos();
        }

        @Override
        public boolean seekToNewSource(long position) {
            return false;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
