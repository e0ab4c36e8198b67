/**
 * Commands with which a server's operator manages access tokens. Start at {@link
 * dev.medzoo.cli.access.TokenCommand}.
 */
@NullMarked
package dev.medzoo.cli.access;

import org.jspecify.annotations.NullMarked;
