/** {@link dev.medzoo.training.recipe.Recipe}: all settings of a training. */
@NullMarked
package dev.medzoo.training.recipe;

import org.jspecify.annotations.NullMarked;
