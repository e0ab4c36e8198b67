/**
 * Networks as ONNX graphs, for runtimes that know nothing of DJL's Blocks. Begin with {@link
 * dev.medzoo.zoo.onnx.OnnxGraph}.
 */
@NullMarked
package dev.medzoo.zoo.onnx;

import org.jspecify.annotations.NullMarked;
