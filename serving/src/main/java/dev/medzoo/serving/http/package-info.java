/**
 * HTTP on Netty: from a connection's bytes to a request, from a reply to bytes.
 *
 * <p>Start at {@link dev.medzoo.serving.http.Router}, which finds the {@link
 * dev.medzoo.serving.http.Route} of a {@link dev.medzoo.serving.http.Request} and turns every
 * refusal into a {@link dev.medzoo.serving.http.Reply}. {@link
 * dev.medzoo.serving.http.HttpListener} opens a port; {@code HttpConnection} takes the requests of
 * one connection in turn. A {@link dev.medzoo.serving.http.Handler} answers; {@link
 * dev.medzoo.serving.http.RequestFilter} lets a request in before it does. {@code ConnectionLimit}
 * and {@code SlowRequestTimeout} stand in a connection's pipeline before anything is known of who
 * it is.
 */
@NullMarked
package dev.medzoo.serving.http;

import org.jspecify.annotations.NullMarked;
