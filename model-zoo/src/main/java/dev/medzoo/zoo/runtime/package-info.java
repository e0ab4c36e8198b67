/**
 * What computes a network: {@link dev.medzoo.zoo.runtime.InferenceRuntime} has one type for each
 * engine. Each gets verified bytes, so that no engine reads a file that nobody looked at. Begin
 * with {@link dev.medzoo.zoo.runtime.RuntimeChoice}.
 */
@NullMarked
package dev.medzoo.zoo.runtime;

import org.jspecify.annotations.NullMarked;
