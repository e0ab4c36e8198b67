/**
 * Who may ask, how often and how slowly. Start at {@link dev.medzoo.serving.access.Tokens}, which
 * says who a request is from, and {@link dev.medzoo.serving.access.ClientRates}; {@link
 * dev.medzoo.serving.access.ConnectionLimit} and {@link dev.medzoo.serving.access.SlowRequest}
 * stand in a connection's pipeline before anything is known of who it is.
 */
@NullMarked
package dev.medzoo.serving.access;

import org.jspecify.annotations.NullMarked;
