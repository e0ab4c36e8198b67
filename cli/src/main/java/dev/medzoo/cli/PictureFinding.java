package dev.medzoo.cli;

import dev.medzoo.translate.finding.Finding;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A picture and what was found in it.
 *
 * @param report on it, or null where none was asked for
 */
record PictureFinding(Path file, Finding finding, @Nullable Path report) {}
