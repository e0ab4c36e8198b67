package dev.medzoo.serving.predict;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.work.Job;
import dev.medzoo.serving.work.Picture;
import dev.medzoo.serving.work.Prediction;
import dev.medzoo.translate.finding.Finding;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the candidate in the background on pictures that the stable version has answered, and
 * compares the two findings. Without idle time on the machine a picture is dropped and counted.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for them.
final class ShadowInference {
    private static final int MOST_WAITING = 8;
    private static final long MOST_SECONDS = 30;

    private final PredictionListener listener;
    private final ScheduledExecutorService timer;

    ShadowInference(PredictionListener listener, ScheduledExecutorService timer) {
        this.listener = listener;
        this.timer = timer;
    }

    void compare(PredictionResponse answer, ServedModel candidate, List<Picture> pictures) {
        for (int i = 0; i < pictures.size(); i++) {
            Finding said = answer.predictions().get(i).finding();
            compare(answer.model(), said, candidate, pictures.get(i));
        }
    }

    private void compare(ServedModel stable, Finding said, ServedModel candidate, Picture picture) {
        Job job = Job.inBackground(picture);
        if (!isQueued(candidate, job)) {
            listener.shadowDropped(candidate);
            return;
        }
        ScheduledFuture<?> late =
                timer.schedule(
                        () -> job.refuse(Refusal.clientGone()), MOST_SECONDS, TimeUnit.SECONDS);
        job.prediction()
                .whenComplete(
                        (says, failure) -> {
                            late.cancel(false);
                            tell(stable, said, candidate, says);
                        });
    }

    private static boolean isQueued(ServedModel candidate, Job job) {
        try {
            return candidate.pool().waiting() < MOST_WAITING
                    && candidate.pool().submit(List.of(job));
        } catch (RefusedException e) {
            return false;
        }
    }

    private void tell(
            ServedModel stable, Finding said, ServedModel candidate, @Nullable Prediction says) {
        if (says == null) {
            listener.shadowDropped(candidate);
        } else {
            listener.shadowed(stable, said, candidate, says.finding());
        }
    }
}
