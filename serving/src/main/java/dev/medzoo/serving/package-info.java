/**
 * The server: pictures in over HTTP or gRPC, findings out, in the shapes of DJL Serving's API and
 * of the Open Inference Protocol.
 *
 * <p>Start at {@link dev.medzoo.serving.Server}, which puts the parts together. A request goes one
 * way: {@code http} puts it together on an event loop and finds its {@code Route}; a handler in
 * {@code api} (or {@code oip} over gRPC) says what is asked; {@code predict} chooses the version
 * and keeps the deadline; {@code traffic} has the versions; {@code work} queues, batches and
 * computes. Whatever stops it on that way is a {@code Refusal}. Beside that way stand {@code
 * settings} (what can be set), {@code access} and {@code tls} (who may come in), {@code watch}
 * (what the server tells of itself) and {@code audit} (what it keeps).
 */
@NullMarked
package dev.medzoo.serving;

import org.jspecify.annotations.NullMarked;
