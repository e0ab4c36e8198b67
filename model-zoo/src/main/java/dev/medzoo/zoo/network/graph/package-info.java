/**
 * Networks that came as an ONNX file and have nothing else. Begin with {@link
 * dev.medzoo.zoo.network.graph.GraphConfig}.
 */
@NullMarked
package dev.medzoo.zoo.network.graph;

import org.jspecify.annotations.NullMarked;
