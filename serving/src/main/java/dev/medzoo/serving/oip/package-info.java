/**
 * The Open Inference Protocol, version 2: over REST in {@link dev.medzoo.serving.oip.OipRest}, over
 * gRPC in {@link dev.medzoo.serving.oip.GrpcServer}. Start there. Both ask the same models through
 * {@link dev.medzoo.serving.oip.OipModels}.
 *
 * <p>A request goes one way: {@code JsonRequest} or {@code GrpcRequest} takes the message apart,
 * {@code PictureInput} holds its tensor against the model, {@code predict} answers, and {@code
 * ModelOutput} turns the findings into tensors again.
 */
@NullMarked
package dev.medzoo.serving.oip;

import org.jspecify.annotations.NullMarked;
