package dev.medzoo.batch.score;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pictures of a part, one after the other, so that few are in memory. */
interface SourcePictures extends AutoCloseable {
    /**
     * The next picture; null after the last.
     *
     * @throws IOException if a file system fails, where another try may succeed
     */
    @Nullable SourcePicture next() throws IOException;

    /** How many entries were passed over that are no pictures, such as labels beside them. */
    default long passedOver() {
        return 0;
    }

    @Override
    void close() throws IOException;

    /**
     * Opens a part. An archive or a table that cannot be opened, now or later, is one picture that
     * cannot be read.
     *
     * @throws IOException if a file system elsewhere fails
     */
    static SourcePictures open(InputPart part, FileSystems files) throws IOException {
        if (part instanceof InputPart.Pictures pictures) {
            return new PictureFiles(pictures, files);
        }
        if (part instanceof InputPart.UnreadTable table) {
            return one(SourcePicture.unreadable(table.file().location(), null, table.reason()));
        }
        String location = location(part);
        try {
            return part instanceof InputPart.ParquetRange range
                    ? new ParquetPictures(range, files)
                    : new TarPictures(location, files);
        } catch (IOException e) {
            if (PictureFiles.isLasting(location, e)) {
                return one(SourcePicture.unreadable(location, null, PictureFiles.reason(e)));
            }
            throw e;
        }
    }

    private static String location(InputPart part) {
        return part instanceof InputPart.TarShard shard
                ? shard.file().location()
                : ((InputPart.ParquetRange) part).file().location();
    }

    private static SourcePictures one(SourcePicture picture) {
        Iterator<SourcePicture> left = List.of(picture).iterator();
        return new SourcePictures() {
            @Override
            public @Nullable SourcePicture next() {
                return left.hasNext() ? left.next() : null;
            }

            @Override
            public void close() {}
        };
    }
}
