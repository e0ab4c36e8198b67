package dev.medzoo.benchmarks.serving;

import ai.djl.repository.zoo.ZooModel;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import dev.medzoo.zoo.store.FolderStore;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What no server can do without, and nothing else: ONNX Runtime on pictures that are decoded, and
 * what decodes and transforms them, each by itself on all cores. It reads lines such as {@code
 * onnx-int8 3}, does that for so many seconds, and prints pictures a second.
 */
public final class BareLoop {
    private static final List<Integer> BATCHES = List.of(1, 4, 8);
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final ExecutorService threads = Executors.newFixedThreadPool(CORES);
    private final byte[] picture;

    private BareLoop(byte[] picture) {
        this.picture = picture;
    }

    /**
     * Arguments: the store's folder, the version as {@code name/1.0.0}, and a picture file. The
     * first line that it prints is {@code ready}.
     */
    public static void main(String[] args) throws Exception {
        MedZoo zoo = new MedZoo(new FolderStore(Path.of(args[0])));
        ModelReference reference = ModelReference.parse(args[1]);
        Path folder = Path.of(args[0], args[1]);
        BareLoop loop = new BareLoop(Files.readAllBytes(Path.of(args[2])));
        try (ZooModel<NetworkInput, Finding> model =
                        zoo.load(
                                reference,
                                NetworkInput.class,
                                Finding.class,
                                RuntimeChoice.ONNX,
                                null);
                OrtSession full = session(folder.resolve("model.onnx"));
                OrtSession eight = session(folder.resolve("model-int8.onnx"))) {
            Preparation preparation = Preparation.of(model, new PictureDecoder());
            loop.serve(preparation, Map.of("onnx", full, "onnx-int8", eight));
        }
        System.exit(0);
    }

    private static OrtSession session(Path graph) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        return OrtEnvironment.getEnvironment().createSession(graph.toString(), options);
    }

    private void serve(Preparation preparation, Map<String, OrtSession> sessions) throws Exception {
        System.out.println("ready");
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", -1);
            double seconds = Double.parseDouble(words[1]);
            double rate =
                    words[0].equals("decode")
                            ? rate(seconds, 1, () -> preparation.picture(picture))
                            : loop(
                                    Objects.requireNonNull(sessions.get(words[0])),
                                    preparation.size(),
                                    seconds);
            System.out.println(rate);
        }
    }

    /** By the batch that is fastest. */
    private double loop(OrtSession session, InputSize size, double seconds) throws Exception {
        double best = 0;
        for (int batch : BATCHES) {
            try (OnnxTensor pictures = blank(batch, size)) {
                Map<String, OnnxTensor> given = Map.of("pictures", pictures);
                Callable<Object> once =
                        () -> {
                            try (OrtSession.Result answer = session.run(given, Set.of("logits"))) {
                                return answer.size();
                            }
                        };
                best = Math.max(best, rate(seconds / BATCHES.size(), batch, once));
            }
        }
        return best;
    }

    private static OnnxTensor blank(int batch, InputSize size) throws OrtException {
        long[] shape = {batch, 3, size.height(), size.width()};
        FloatBuffer values =
                ByteBuffer.allocateDirect(4 * batch * 3 * size.height() * size.width())
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values, shape);
    }

    /** Pictures a second of all cores, each of which does it again and again. */
    private double rate(double seconds, int pictures, Callable<?> once) throws Exception {
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        List<Future<Double>> rates = new ArrayList<>();
        for (int i = 0; i < CORES; i++) {
            rates.add(threads.submit(() -> rateOfOne(begin, end, pictures, once)));
        }
        double all = 0;
        for (Future<Double> each : rates) {
            all += each.get();
        }
        return all;
    }

    private static double rateOfOne(long begin, long end, int pictures, Callable<?> once)
            throws Exception {
        long now;
        long done = 0;
        do {
            once.call();
            done += pictures;
            now = System.nanoTime();
        } while (now < end);
        return done * 1e9 / (now - begin);
    }
}
