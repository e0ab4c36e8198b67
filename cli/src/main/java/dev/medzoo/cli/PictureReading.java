package dev.medzoo.cli;

import dev.medzoo.translate.decode.PictureOptions;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for reading picture files, shared by all commands that take them. */
final class PictureReading {
    @Option(
            names = "--frame",
            paramLabel = "N",
            description = "Frame to read from DICOM files, counted from 1; default: the first.")
    private @Nullable Integer frame;

    @Option(
            names = "--burned-in-annotation",
            description =
                    "Also read DICOM files that declare burned-in annotation: their pixels may"
                            + " identify the patient.")
    private boolean burnedIn;

    /**
     * The options given.
     *
     * @throws IllegalArgumentException when the frame is less than 1
     */
    PictureOptions options() {
        if (frame != null && frame < 1) {
            throw new IllegalArgumentException(
                    "--frame: " + frame + " (expected: a whole number from 1)");
        }
        return new PictureOptions(
                frame == null ? OptionalInt.empty() : OptionalInt.of(frame), burnedIn);
    }

    /** Refuses a folder with a clear message, which reading it as a picture would not give. */
    static void refuseFolder(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "a folder (expected: a picture)");
        }
    }
}
