/**
 * What the server tells of itself: metrics, traces, the access log. Nothing of a picture, and no
 * header but the request's id, goes into any of them.
 *
 * <p>Start at {@link dev.medzoo.serving.watch.ServerMetrics}.
 */
@NullMarked
package dev.medzoo.serving.watch;

import org.jspecify.annotations.NullMarked;
