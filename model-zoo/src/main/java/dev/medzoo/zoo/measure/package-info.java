/**
 * What a model's verdicts are worth, as training and the registry both count it: a {@link
 * dev.medzoo.zoo.measure.ConfusionMatrix}, and a {@link dev.medzoo.zoo.measure.Bootstrap} over
 * groups.
 */
@NullMarked
package dev.medzoo.zoo.measure;

import org.jspecify.annotations.NullMarked;
