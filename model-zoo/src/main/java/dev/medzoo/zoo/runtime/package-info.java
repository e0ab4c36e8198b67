/**
 * Inference runtimes: {@link dev.medzoo.zoo.runtime.InferenceRuntime} has one type for each engine.
 * Each gets verified bytes, so that no engine reads an unchecked file. Start at {@link
 * dev.medzoo.zoo.runtime.RuntimeChoice}.
 */
@NullMarked
package dev.medzoo.zoo.runtime;

import org.jspecify.annotations.NullMarked;
