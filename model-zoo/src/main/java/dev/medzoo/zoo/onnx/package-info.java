/**
 * Networks as ONNX graphs, for runtimes without DJL's Blocks. Start at {@link
 * dev.medzoo.zoo.onnx.OnnxGraph}.
 */
@NullMarked
package dev.medzoo.zoo.onnx;

import org.jspecify.annotations.NullMarked;
