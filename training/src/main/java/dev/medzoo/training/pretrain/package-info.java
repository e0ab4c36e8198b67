/**
 * Self-supervised pre-training: a pool of pictures without labels goes in, a {@link
 * dev.medzoo.training.pretrain.Backbone} that a supervised run can start from comes out.
 *
 * <p>Start at {@link dev.medzoo.training.pretrain.Pretraining}; {@link
 * dev.medzoo.training.pretrain.Objective} holds what stands in for labels, and {@link
 * dev.medzoo.training.pretrain.Probe} measures what the features are worth.
 */
@NullMarked
package dev.medzoo.training.pretrain;

import org.jspecify.annotations.NullMarked;
