/**
 * Where in a picture a class's evidence lies, as a heat map. Start at {@link
 * dev.medzoo.zoo.explain.Explainer}: it takes a loaded model and gives an {@link
 * dev.medzoo.zoo.explain.Explanation}. {@link dev.medzoo.zoo.explain.LayerCam} computes a fine map
 * with the engine's gradients, {@link dev.medzoo.zoo.explain.GradCam} a coarse one in closed form,
 * {@link dev.medzoo.zoo.explain.Overlay} draws either over the picture. What such a map does not
 * say: {@code docs/explanations.md}.
 */
@NullMarked
package dev.medzoo.zoo.explain;

import org.jspecify.annotations.NullMarked;
