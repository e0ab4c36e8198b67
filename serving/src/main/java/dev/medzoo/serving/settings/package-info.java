/**
 * Everything that can be set about a server, read once and checked together. Start at {@link
 * dev.medzoo.serving.settings.ServerSettings}, whose parts belong to the packages that use them;
 * {@code Settings} has the name of each setting, and what it may be.
 */
@NullMarked
package dev.medzoo.serving.settings;

import org.jspecify.annotations.NullMarked;
