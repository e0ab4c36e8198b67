/**
 * A person's own pictures become a data set: {@code medzoo data init}, {@code check} and {@code
 * split}. Start at {@link dev.medzoo.cli.data.DataCommand}.
 */
@NullMarked
package dev.medzoo.cli.data;

import org.jspecify.annotations.NullMarked;
