package dev.medzoo.training.study;

import java.time.Duration;
import java.util.List;

/** What is said after each run: how well it went, and how long the others will take. */
final class StudyProgressLine {
    private StudyProgressLine() {}

    static String of(int done, StudyRunResult file, List<StudyRunId> pending, double seconds) {
        double steps = pending.subList(0, done).stream().mapToInt(of -> of.task().steps()).sum();
        double left =
                pending.subList(done, pending.size()).stream()
                        .mapToInt(of -> of.task().steps())
                        .sum();
        Duration time = Duration.ofSeconds(Math.round(left / steps * seconds));
        return "%d of %d  %s  val macro-F1 %s  %s min  %d:%02d h left"
                .formatted(
                        done,
                        pending.size(),
                        file.run(),
                        NumberText.three(best(file)),
                        file.minutes(),
                        time.toHours(),
                        time.toMinutesPart());
    }

    private static double best(StudyRunResult file) {
        return file.curve().stream()
                .mapToDouble(StudyRunResult.Point::macroF1)
                .max()
                .orElse(Double.NaN);
    }
}
