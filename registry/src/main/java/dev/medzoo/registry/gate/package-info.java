/**
 * What a candidate must be before it may become a version. Start at {@link
 * dev.medzoo.registry.gate.Gate}, which looks at one {@code Check} after the other and writes all
 * it saw into a {@link dev.medzoo.zoo.artifact.GateReport}; {@link
 * dev.medzoo.registry.gate.Regression} is what a promotion asks besides.
 */
@NullMarked
package dev.medzoo.registry.gate;

import org.jspecify.annotations.NullMarked;
