/**
 * The paper's network as DJL Blocks (Alzubaidi et al., Cancers 2021, 13, 1590).
 *
 * <p>Start at {@link dev.medzoo.zoo.dcnn.Dcnn}, which reads from the stem to the logits. {@link
 * dev.medzoo.zoo.dcnn.DcnnConfig} holds every choice the paper leaves open.
 */
@NullMarked
package dev.medzoo.zoo.dcnn;

import org.jspecify.annotations.NullMarked;
