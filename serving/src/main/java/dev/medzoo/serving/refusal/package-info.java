/**
 * Why requests are not answered, in one closed list, whichever way they came in. Start at {@link
 * dev.medzoo.serving.refusal.Refusal}.
 */
@NullMarked
package dev.medzoo.serving.refusal;

import org.jspecify.annotations.NullMarked;
