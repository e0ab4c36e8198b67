/** {@link dev.medzoo.training.recipe.Recipe}: all that decides how a model is trained. */
@NullMarked
package dev.medzoo.training.recipe;

import org.jspecify.annotations.NullMarked;
