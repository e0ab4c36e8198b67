/**
 * What is read again while the server runs: tokens, certificates, the store's index. Start at
 * {@link dev.medzoo.serving.reload.Reloader}.
 */
@NullMarked
package dev.medzoo.serving.reload;

import org.jspecify.annotations.NullMarked;
