package dev.medzoo.training.study;

import java.io.IOException;
import java.nio.file.Path;

/** PENDING. */
final class Figures {
    Figures(TaskRuns runs, Path out) {}

    String write(Results of) throws IOException {
        return "";
    }
}
