package dev.medzoo.serving.access;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a server asks of its clients' tokens.
 *
 * @param file of those that it knows, or null for none
 * @param isRequired to predict
 */
public record TokenSettings(@Nullable Path file, boolean isRequired) {}
