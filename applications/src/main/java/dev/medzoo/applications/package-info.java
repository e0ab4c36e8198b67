/**
 * A program such as users of the models write; start at {@link dev.medzoo.applications.PredictOne}.
 */
@NullMarked
package dev.medzoo.applications;

import org.jspecify.annotations.NullMarked;
