/**
 * Who may ask for what: tokens and the roles that they give. Start at {@link
 * dev.medzoo.serving.access.Tokens}, which says who a request is from. How much a client may cost
 * before anything is known of who it is, {@code http} guards.
 */
@NullMarked
package dev.medzoo.serving.access;

import org.jspecify.annotations.NullMarked;
