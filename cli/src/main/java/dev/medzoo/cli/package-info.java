/**
 * The command {@code medzoo}. Start at {@link dev.medzoo.cli.Medzoo}; each subcommand is one file.
 */
@NullMarked
package dev.medzoo.cli;

import org.jspecify.annotations.NullMarked;
