/**
 * A plain residual network (He et al., Deep Residual Learning for Image Recognition, CVPR 2016):
 * {@link dev.medzoo.zoo.network.residual.ResidualConfig}.
 */
@NullMarked
package dev.medzoo.zoo.network.residual;

import org.jspecify.annotations.NullMarked;
