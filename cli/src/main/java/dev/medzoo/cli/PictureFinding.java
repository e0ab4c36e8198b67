package dev.medzoo.cli;

import dev.medzoo.translate.finding.Finding;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A picture file and its finding.
 *
 * @param report on it, or null if none was requested
 */
record PictureFinding(Path file, Finding finding, @Nullable Path report) {}
