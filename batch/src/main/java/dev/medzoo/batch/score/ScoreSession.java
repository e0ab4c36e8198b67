package dev.medzoo.batch.score;

import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * Starts Spark as {@link ScoreJob} does. A program that runs several jobs opens it once, and closes
 * it by itself.
 */
public final class ScoreSession {
    private static final String LOOPBACK = "127.0.0.1";

    /** Every core, and each task is tried four times, as on a cluster: local[*] tries once. */
    private static final String LOCAL = "local[*,4]";

    private ScoreSession() {}

    /** Something to do on Spark. */
    interface Work<T> {
        T run(SparkSession spark) throws IOException, ModelException, TranslateException;
    }

    /**
     * Does something, and stops Spark afterwards if it was started for that.
     *
     * @throws IOException if Spark is stopped by others, too
     */
    static <T> T run(ScoreOptions options, Work<T> work)
            throws IOException, ModelException, TranslateException {
        boolean isOwn = SparkSession.getDefaultSession().isEmpty();
        SparkSession spark = open(options);
        try {
            return work.run(spark);
        } catch (IllegalStateException e) {
            if (spark.sparkContext().isStopped()) {
                throw new IOException(
                        "spark: stopped by %s (expected: a cluster that starts executors; its logs say why)"
                                .formatted(spark.sparkContext().master()),
                        e);
            }
            throw e;
        } finally {
            if (isOwn) {
                spark.stop();
            }
        }
    }

    /**
     * Starts Spark, or takes the session that there is.
     *
     * @param options of which the master and the settings count
     * @throws IOException if a jar that executors need is not there
     */
    public static SparkSession open(ScoreOptions options) throws IOException {
        return SparkSession.builder().config(settings(options)).getOrCreate();
    }

    /** Settings of Spark: those that are given, and what it has where nobody says otherwise. */
    static SparkConf settings(ScoreOptions options) throws IOException {
        SparkConf conf = new SparkConf();
        options.settings().forEach(conf::set);
        if (options.master() != null) {
            conf.setMaster(options.master());
        }
        conf.setIfMissing("spark.master", LOCAL);
        conf.setIfMissing("spark.app.name", "medzoo score");
        conf.setIfMissing("spark.ui.enabled", "false");
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        if (isLocal(conf)) {
            conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
            conf.setIfMissing("spark.driver.host", LOOPBACK);
        } else {
            List<String> jars = new ArrayList<>(ScoreJars.beside());
            for (String jar : conf.get("spark.jars", "").split(",", -1)) {
                if (!jar.isBlank() && !jars.contains(jar)) {
                    jars.add(jar);
                }
            }
            conf.set("spark.jars", String.join(",", jars));
        }
        return conf;
    }

    private static boolean isLocal(SparkConf conf) {
        return conf.get("spark.master").matches("local(\\[.*])?");
    }
}
