/**
 * What a server's operator types about those who may ask it. Start at {@link
 * dev.medzoo.cli.access.TokenCommand}.
 */
@NullMarked
package dev.medzoo.cli.access;

import org.jspecify.annotations.NullMarked;
