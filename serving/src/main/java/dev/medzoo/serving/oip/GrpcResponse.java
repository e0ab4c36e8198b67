package dev.medzoo.serving.oip;

import com.google.protobuf.ByteString;
import dev.medzoo.inference.InferParameter;
import dev.medzoo.inference.ModelInferRequest;
import dev.medzoo.inference.ModelInferResponse;
import dev.medzoo.inference.ModelInferResponse.InferOutputTensor;
import dev.medzoo.inference.ModelMetadataResponse;
import dev.medzoo.inference.ModelMetadataResponse.TensorMetadata;
import dev.medzoo.serving.predict.PredictionResponse;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.translate.finding.Finding;
import java.util.List;

/** Builds gRPC response messages. */
final class GrpcResponse {
    private GrpcResponse() {}

    static ModelMetadataResponse metadata(ModelMetadata model) {
        return ModelMetadataResponse.newBuilder()
                .setName(model.name())
                .addAllVersions(model.versions())
                .setPlatform(model.platform())
                .addAllInputs(tensors(model.inputs()))
                .addAllOutputs(tensors(model.outputs()))
                .putAllProperties(model.properties())
                .build();
    }

    /**
     * @throws RefusedException when an output was asked for that the model was published without
     */
    static ModelInferResponse to(
            ModelInferRequest message, GrpcRequest request, PredictionResponse answer)
            throws RefusedException {
        ModelInferResponse.Builder response =
                ModelInferResponse.newBuilder()
                        .setModelName(message.getModelName())
                        .setModelVersion(answer.model().version())
                        .setId(message.getId())
                        .putParameters("digest", text(answer.model().identity().digest()))
                        .putParameters("runtime", text(answer.model().runtime()))
                        .putParameters("notice", text(Finding.NOTICE));
        Finding.doubts(answer.findings())
                .forEach(
                        (name, said) ->
                                response.putParameters(
                                        name,
                                        InferParameter.newBuilder().setBoolParam(said).build()));
        for (OutputTensor each : ModelOutput.of(answer, request.outputs())) {
            InferOutputTensor.Builder tensor = tensor(each);
            if (request.raw()) {
                response.addRawOutputContents(ByteString.copyFrom(each.values().raw()));
            } else {
                tensor.setContents(each.values().contents());
            }
            response.addOutputs(tensor);
        }
        return response.build();
    }

    private static InferOutputTensor.Builder tensor(OutputTensor output) {
        InferOutputTensor.Builder tensor =
                InferOutputTensor.newBuilder()
                        .setName(output.output().title())
                        .setDatatype(output.values().datatype())
                        .addAllShape(output.shape());
        output.parameters()
                .forEach(
                        (name, value) ->
                                tensor.putParameters(
                                        name,
                                        InferParameter.newBuilder().setDoubleParam(value).build()));
        return tensor;
    }

    private static List<TensorMetadata> tensors(List<TensorSpec> specs) {
        return specs.stream()
                .map(
                        spec ->
                                TensorMetadata.newBuilder()
                                        .setName(spec.name())
                                        .setDatatype(spec.datatype())
                                        .addAllShape(spec.shape())
                                        .build())
                .toList();
    }

    private static InferParameter text(String value) {
        return InferParameter.newBuilder().setStringParam(value).build();
    }
}
