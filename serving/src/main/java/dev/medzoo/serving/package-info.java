/**
 * The server: pictures in over HTTP, findings out, in the shapes of DJL Serving's API.
 *
 * <p>Start at {@link dev.medzoo.serving.Server}. A request goes one way: {@code HttpConnection}
 * puts it together on an event loop, {@code Router} finds its {@code Endpoint}, {@code WorkerPool}
 * queues it, and a {@code Worker} decodes the picture and runs the model. Whatever stops it on that
 * way is a {@code Refusal}, and {@code HttpConnection} writes that too.
 */
@NullMarked
package dev.medzoo.serving;

import org.jspecify.annotations.NullMarked;
