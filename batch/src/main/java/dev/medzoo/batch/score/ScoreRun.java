package dev.medzoo.batch.score;

import dev.medzoo.batch.slide.SlideReading;
import dev.medzoo.zoo.format.Json;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code run.json}: what a folder's findings are of. A run that goes on must be the same.
 *
 * @param notice that this is for research and no diagnosis
 * @param model that scores
 * @param version of it
 * @param digest of it
 * @param runtime of its network
 * @param reading of pictures: which frame, and whether burned-in annotation is allowed
 * @param in what was asked for
 * @param input that was found, in words
 * @param parts of it
 * @param plan digest of the parts: every file with its length
 * @param slides how slides are read; null if pictures are scored
 */
record ScoreRun(
        String notice,
        String model,
        String version,
        String digest,
        String runtime,
        Reading reading,
        List<String> in,
        String input,
        int parts,
        String plan,
        @Nullable SlideReading slides) {
    ScoreRun {
        in = List.copyOf(in);
    }

    /**
     * How pictures are decoded.
     *
     * @param frame of DICOM files; null for the first
     * @param burnedIn whether burned-in annotation is allowed
     */
    record Reading(@Nullable Integer frame, boolean burnedIn) {
        private String words() {
            return "%s, burned-in annotation %s"
                    .formatted(
                            frame == null ? "the first frame" : "frame " + frame,
                            burnedIn ? "allowed" : "refused");
        }
    }

    /** The runtime to take: a run that goes on keeps the one that was chosen for it. */
    static String runtime(ScoreOptions options, ModelSource source, @Nullable ScoreRun begun) {
        return options.runtime() == RuntimeChoice.AUTO && begun != null
                ? begun.runtime
                : source.runtime();
    }

    /** Tells runs apart, in the footers of their files. */
    String identity() {
        List<Object> all = new ArrayList<>(List.of(digest, runtime, reading, plan));
        if (slides != null) {
            all.add(slides);
        }
        return Sha256.digest(Json.write(all));
    }

    /**
     * Refuses to go on with another run.
     *
     * @param other that was asked for
     */
    void refuseOther(ScoreRun other, String location) throws IOException {
        refuse("model", model(this), model(other), location);
        refuse("runtime", runtime, other.runtime, location);
        refuse("reading", reading.words(), other.reading.words(), location);
        refuse("slides", words(slides), words(other.slides), location);
        if (!plan.equals(other.plan)) {
            throw new IOException(
                    "--in: %s, not the files that %s has findings of, %s (expected: those, or a new --out)"
                            .formatted(other.input, location, input));
        }
    }

    private static String words(@Nullable SlideReading slides) {
        return slides == null ? "none, but pictures" : slides.words();
    }

    private static String model(ScoreRun run) {
        return "%s %s, %s".formatted(run.model, run.version, run.digest);
    }

    private static void refuse(String what, String begun, String asked, String location)
            throws IOException {
        if (!begun.equals(asked)) {
            throw new IOException(
                    "%s: %s, but %s has findings by %s (expected: the same, or a new --out)"
                            .formatted(what, asked, location, begun));
        }
    }
}
