package dev.medzoo.batch.score;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import org.apache.hadoop.security.AccessControlException;
import org.jspecify.annotations.Nullable;

/** Picture files. */
final class PictureFiles implements SourcePictures {
    private final Iterator<InputPart.InputFile> left;
    private final FileSystems files;

    PictureFiles(InputPart.Pictures part, FileSystems files) {
        left = part.files().iterator();
        this.files = files;
    }

    @Override
    public @Nullable SourcePicture next() throws IOException {
        if (!left.hasNext()) {
            return null;
        }
        String location = left.next().location();
        try (InputStream in = files.open(location)) {
            return bytes(location, null, in);
        } catch (IOException e) {
            if (isLasting(location, e)) {
                return SourcePicture.unreadable(location, null, reason(e));
            }
            throw e;
        }
    }

    /**
     * Whether another try fails too. What fails here does; a file system elsewhere may come back.
     */
    static boolean isLasting(String location, IOException e) {
        return FileSystems.isLocal(location)
                || e instanceof FileNotFoundException
                || e instanceof AccessControlException;
    }

    /** Reads the rest of a stream, if it is not too long. */
    static SourcePicture bytes(String file, @Nullable String entry, InputStream in)
            throws IOException {
        byte[] bytes = in.readNBytes(FileSystems.MAX_BYTES + 1);
        return bytes.length > FileSystems.MAX_BYTES
                ? SourcePicture.unreadable(file, entry, tooLong())
                : SourcePicture.read(file, entry, bytes);
    }

    static String tooLong() {
        return "picture: too many bytes (expected: at most %d)".formatted(FileSystems.MAX_BYTES);
    }

    static String reason(IOException e) {
        if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
            return "picture: no longer there (expected: the file that was listed)";
        }
        if (e instanceof AccessDeniedException || e instanceof AccessControlException) {
            return "picture: access denied (expected: permission to read it)";
        }
        // Without the file's name, so that a summary counts those of a kind together.
        String why =
                e instanceof FileSystemException failure && failure.getReason() != null
                        ? failure.getReason()
                        : e.getMessage();
        return "picture: cannot be read (%s)".formatted(why);
    }

    @Override
    public void close() {}
}
