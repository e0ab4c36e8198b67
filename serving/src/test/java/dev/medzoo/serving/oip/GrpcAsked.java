package dev.medzoo.serving.oip;

import com.google.protobuf.ByteString;
import dev.medzoo.inference.InferTensorContents;
import dev.medzoo.inference.ModelInferRequest;
import dev.medzoo.inference.ModelInferRequest.InferInputTensor;
import java.util.List;
import java.util.stream.IntStream;

/** Requests over gRPC. */
final class GrpcAsked {
    private GrpcAsked() {}

    /** Picture files. */
    static ModelInferRequest images(int... indices) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        IntStream.of(indices)
                .forEach(i -> contents.addBytesContents(ByteString.copyFrom(Drawn.file(i))));
        return typed("image", "BYTES", List.of((long) indices.length), contents.build());
    }

    /** What the network is given. */
    static ModelInferRequest tensor(int index) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        for (float number : Drawn.numbers(index)) {
            contents.addFp32Contents(number);
        }
        return typed("tensor", "FP32", List.of(1L, 3L, 128L, 128L), contents.build());
    }

    static ModelInferRequest typed(
            String name, String datatype, List<Long> shape, InferTensorContents contents) {
        return of(input(name, datatype, shape).setContents(contents));
    }

    static ModelInferRequest raw(String name, String datatype, List<Long> shape, byte[] contents) {
        return of(input(name, datatype, shape)).toBuilder()
                .addRawInputContents(ByteString.copyFrom(contents))
                .build();
    }

    private static InferInputTensor.Builder input(String name, String datatype, List<Long> shape) {
        return InferInputTensor.newBuilder().setName(name).setDatatype(datatype).addAllShape(shape);
    }

    private static ModelInferRequest of(InferInputTensor.Builder input) {
        return ModelInferRequest.newBuilder().setModelName(RealSkin.NAME).addInputs(input).build();
    }
}
