/**
 * The Open Inference Protocol over gRPC in Java, generated from {@code open_inference_grpc.proto}.
 * Start there; {@code GRPCInferenceServiceGrpc} is the service. Nothing in it is ever null.
 */
@NullMarked
package dev.medzoo.inference;

import org.jspecify.annotations.NullMarked;
