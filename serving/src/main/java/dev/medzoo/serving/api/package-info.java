/**
 * What can be asked over HTTP, path by path: DJL Serving's API, and what goes beyond it.
 *
 * <p>Start at {@link dev.medzoo.serving.api.Api}, which lists every route.
 */
@NullMarked
package dev.medzoo.serving.api;

import org.jspecify.annotations.NullMarked;
