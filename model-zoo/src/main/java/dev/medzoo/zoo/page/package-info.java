/** Pages for people: {@link dev.medzoo.zoo.page.HtmlPage}, which needs no other file. */
@NullMarked
package dev.medzoo.zoo.page;

import org.jspecify.annotations.NullMarked;
