/**
 * Which versions of which models are served, and which of them answers a request.
 *
 * <p>Start at {@link dev.medzoo.serving.traffic.ServedModels}: it loads what its {@code
 * DesiredModels} and the store's index want, lets the rest go, and swaps one {@code ServedSnapshot}
 * for the next, so that every request sees one state of the index. {@code IndexPoller} tells it of
 * a newer index.
 */
@NullMarked
package dev.medzoo.serving.traffic;

import org.jspecify.annotations.NullMarked;
