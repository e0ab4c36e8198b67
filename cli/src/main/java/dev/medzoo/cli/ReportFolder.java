package dev.medzoo.cli;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.report.StructuredReports;
import dev.medzoo.translate.report.Uid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The folder of the reports of {@code medzoo predict}, if any. */
final class ReportFolder {
    private final @Nullable Path folder;
    private final PictureOptions options;
    private final Preparation preparation;

    /**
     * @param folder created if absent; null for no reports
     * @param options for reading the pictures
     */
    ReportFolder(@Nullable Path folder, PictureOptions options, Preparation preparation)
            throws IOException {
        this.folder = folder == null ? null : Files.createDirectories(folder);
        this.options = options;
        this.preparation = preparation;
    }

    /**
     * Reads the identifiers that a report on a file references, or null for no reports.
     *
     * @throws TranslateException when no report can be made of the file, such as one that is not
     *     DICOM
     */
    @Nullable SourceInstance source(Path file) throws IOException, TranslateException {
        return folder == null ? null : preparation.source(Files.readAllBytes(file));
    }

    /** Writes the report on a source; null if there is no source. */
    @Nullable Path write(@Nullable SourceInstance source, Finding finding) throws IOException {
        if (folder == null || source == null) {
            return null;
        }
        String uid = Uid.random();
        byte[] report =
                StructuredReports.of(
                        source, options.frame().orElse(1), finding, uid, Instant.now());
        return Files.write(folder.resolve(uid + ".dcm"), report, StandardOpenOption.CREATE_NEW);
    }
}
