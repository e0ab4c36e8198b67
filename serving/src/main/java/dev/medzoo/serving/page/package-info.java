/**
 * The page at {@code /} and the console: files that a browser runs, and what they ask beside the
 * server's other routes. {@link dev.medzoo.serving.page.PageRoutes} has all of it; the files are
 * plain HTML, CSS and ES modules, packed beside this package as they are written.
 */
@NullMarked
package dev.medzoo.serving.page;

import org.jspecify.annotations.NullMarked;
