/**
 * TLS with certificates that are replaced while the server runs. Start at {@link
 * dev.medzoo.serving.tls.ServerTls}; {@link dev.medzoo.serving.tls.TlsSettings} says what it is
 * made from.
 */
@NullMarked
package dev.medzoo.serving.tls;

import org.jspecify.annotations.NullMarked;
