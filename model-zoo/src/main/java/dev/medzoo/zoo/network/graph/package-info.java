/**
 * Networks that exist only as a foreign ONNX file. Start at {@link
 * dev.medzoo.zoo.network.graph.GraphConfig}.
 */
@NullMarked
package dev.medzoo.zoo.network.graph;

import org.jspecify.annotations.NullMarked;
