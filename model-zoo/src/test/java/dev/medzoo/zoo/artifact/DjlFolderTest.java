package dev.medzoo.zoo.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.medzoo.translate.transform.ColourStep;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.onnx.HandMadeGraph;
import dev.medzoo.zoo.onnx.PlainGraph;
import java.io.File;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DJL's engine OnnxRuntime and DJL's own translator load the folder, with nothing of ours. */
@Tag("slow")
class DjlFolderTest {
    @TempDir Path folder = Path.of("");

    /** In a process of its own: DJL's engine wants to be the first there that uses ONNX Runtime. */
    @Test
    void stockDjlGivesTheSameProbabilities() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-Dai.djl.offline=true", "-cp"));
        command.add(
                System.getProperty("java.class.path")
                        + File.pathSeparator
                        + System.getProperty("test.onnxruntime-engine"));
        command.addAll(List.of(DjlFolderProgram.class.getName(), folder.toString()));
        Path out = folder.resolve("out");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readAllLines(out))
                .contains("pretrained-skin: as ours", "breast-idc: as ours");
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void aGraphOfOtherEndsGetsThoseOfDjl() throws Exception {
        byte[] plain =
                PlainGraph.of(HandMadeGraph.channelsLast().bytes(), "y", 2, true, 1e-12f, 1.5);
        byte[] first = PlainGraph.of(HandMadeGraph.whole().bytes(), "y", 2, false, 0, 1.5);

        assertThat(answer(plain)).containsExactly(answer(first), within(1e-6f));
    }

    private static float[] answer(byte[] graph) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        float[] picture = new float[3 * 64];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = i % 7 / 7f;
        }
        long[] shape = {1, 3, 8, 8};
        try (OrtSession session = environment.createSession(graph);
                OnnxTensor given =
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(picture), shape);
                OrtSession.Result answer = session.run(Map.of(PlainGraph.PICTURES, given))) {
            return ((float[][]) answer.get(PlainGraph.PROBABILITIES).orElseThrow().getValue())[0];
        }
    }

    @Test
    void whatDjlHasNoWordsForIsRefused() {
        assertThatThrownBy(
                        () ->
                                DjlFolder.properties(
                                        Transform.square(
                                                8, Transform.Fit.SQUASH, ColourStep.STAINS)))
                .hasMessage(
                        "transform: colour STAINS (expected: none, as DJL's own translator has no"
                                + " colour step)");
    }
}
