/**
 * Heat maps of the evidence for a class in a picture. Start at {@link
 * dev.medzoo.zoo.explain.Explainer}: it takes a loaded model and gives an {@link
 * dev.medzoo.zoo.explain.Explanation}. {@link dev.medzoo.zoo.explain.LayerCam} computes a fine map
 * with the engine's gradients, {@link dev.medzoo.zoo.explain.GradCam} a coarse one in closed form,
 * {@link dev.medzoo.zoo.explain.Rise} one of any network by hiding parts of the picture, and {@link
 * dev.medzoo.zoo.explain.Overlay} draws each over the picture. Limits of such maps: {@code
 * docs/explanations.md}.
 */
@NullMarked
package dev.medzoo.zoo.explain;

import org.jspecify.annotations.NullMarked;
