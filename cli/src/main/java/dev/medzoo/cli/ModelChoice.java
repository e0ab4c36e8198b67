package dev.medzoo.cli;

import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which model a command computes with, and by which runtime. */
final class ModelChoice {
    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "name, name/1.0.0 or name@candidate; a bare name is the stable version")
    private String model = "";

    @Option(
            names = "--runtime",
            paramLabel = "NAME",
            description =
                    "Runtime of the network: auto (the fastest on this machine, the default),"
                            + " pytorch, onnx or onnx-int8.")
    private String runtime = RuntimeChoice.AUTO.word();

    /**
     * The model.
     *
     * @throws IllegalArgumentException when it is no reference
     */
    ModelReference reference() {
        return ModelReference.parse(model);
    }

    /**
     * The runtime.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    RuntimeChoice runtime() {
        return RuntimeChoice.parse(runtime);
    }
}
