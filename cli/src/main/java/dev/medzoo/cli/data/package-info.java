/**
 * Makes data sets of the user's own pictures: {@code medzoo data init}, {@code check} and {@code
 * split}. Start at {@link dev.medzoo.cli.data.DataCommand}.
 */
@NullMarked
package dev.medzoo.cli.data;

import org.jspecify.annotations.NullMarked;
