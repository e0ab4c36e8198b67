/**
 * The paper's network (Alzubaidi et al., Cancers 2021, 13, 1590): {@link
 * dev.medzoo.zoo.network.dcnn.DcnnConfig} holds every choice that the paper leaves open.
 */
@NullMarked
package dev.medzoo.zoo.network.dcnn;

import org.jspecify.annotations.NullMarked;
