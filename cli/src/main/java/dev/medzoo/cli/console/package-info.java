/** What all commands share on the console: tables of figures, and {@code --help}. */
@NullMarked
package dev.medzoo.cli.console;

import org.jspecify.annotations.NullMarked;
