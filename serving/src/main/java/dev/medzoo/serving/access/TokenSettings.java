package dev.medzoo.serving.access;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Settings of token authentication.
 *
 * @param file with the known tokens, or null for none
 * @param isRequired whether predictions need a token
 */
public record TokenSettings(@Nullable Path file, boolean isRequired) {}
