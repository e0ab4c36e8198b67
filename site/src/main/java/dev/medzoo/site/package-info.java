/**
 * The documents as a site, made when the project is built. Start at {@link dev.medzoo.site.Site}:
 * {@code Sources} says which file becomes which page, {@code Markdown} makes HTML of it, {@code
 * CardPages} writes a page for each model, {@code SearchIndex} is what the search looks in.
 */
@NullMarked
package dev.medzoo.site;

import org.jspecify.annotations.NullMarked;
