package dev.medzoo.batch.score;

import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import java.util.List;
import java.util.Map;

/** A driver of a cluster with one executor, which is a process of its own. */
final class ClusterRun {
    private ClusterRun() {}

    /**
     * Scores pictures once for each token that the executor has, into the folders 0, 1, and prints
     * how each run ends. Arguments: pictures, where to write, the executor's cache, its tokens.
     */
    public static void main(String[] args) throws Exception {
        for (int i = 3; i < args.length; i++) {
            ScoreOptions options =
                    new ScoreOptions(
                            ModelReference.parse("pretrained-skin"),
                            RuntimeChoice.ONNX,
                            List.of(args[0]),
                            args[1] + "/" + (i - 3),
                            PictureOptions.USUAL,
                            null,
                            null,
                            null,
                            Map.of(
                                    "spark.master", "local-cluster[1,2,1024]",
                                    "spark.executor.memory", "1g",
                                    "spark.executor.extraClassPath",
                                            System.getProperty("java.class.path"),
                                    "spark.executor.extraJavaOptions",
                                            "-XX:TieredStopAtLevel=1 -Dai.djl.offline=true",
                                    "spark.executorEnv.MEDZOO_CACHE", args[2],
                                    "spark.executorEnv.MEDZOO_STORE_TOKEN", args[i],
                                    "spark.driver.bindAddress", "127.0.0.1",
                                    "spark.driver.host", "127.0.0.1"));
            try {
                ScoreResult result = new ScoreJob(options, (done, all) -> {}).run();
                System.out.println("unread: " + result.summary().unread());
            } catch (Exception e) {
                System.out.println(e);
                e.printStackTrace();
            }
        }
    }
}
