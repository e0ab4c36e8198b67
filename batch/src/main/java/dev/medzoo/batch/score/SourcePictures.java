package dev.medzoo.batch.score;

import java.io.IOException;
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

    /** Opens a part. */
    static SourcePictures open(InputPart part, FileSystems files) throws IOException {
        if (part instanceof InputPart.Pictures pictures) {
            return new PictureFiles(pictures, files);
        }
        if (part instanceof InputPart.TarShard shard) {
            return new TarPictures(shard.file().location(), files);
        }
        return new ParquetPictures((InputPart.ParquetRange) part, files);
    }
}
