package dev.medzoo.cli.registry;

import dev.medzoo.cli.console.MetricsTable;
import dev.medzoo.zoo.artifact.ModelCard;
import java.io.PrintWriter;
import java.util.List;

/** Prints a model card as a page in the terminal. */
public final class CardPage {
    private static final int WIDTH = 100;
    private static final int LABEL = 16;

    private final PrintWriter out;

    /** Prints to a terminal or a file. */
    public CardPage(PrintWriter out) {
        this.out = out;
    }

    /** All of it but name and summary. */
    public void print(ModelCard card) {
        line("for", card.intendedUse());
        list("not for", card.outOfScope());
        line("licence", card.licence());
        line("commercial use", card.commercialUse() ? "yes" : "no");
        for (ModelCard.DataSource data : card.data()) {
            line("data", "%s, %s".formatted(data.name(), data.role()));
            line("", "pictures: %s; licence: %s".formatted(data.pictures(), data.licence()));
            line("", data.citation());
        }
        training(card.training());
        list("limits", card.limits());
        for (ModelCard.SplitMetrics metrics : card.metrics()) {
            out.println();
            MetricsTable.print(metrics, out);
        }
    }

    private void training(ModelCard.Training training) {
        line("trained by", training.command());
        line(
                "",
                "seed %d, %.1f minutes on %s, %s"
                        .formatted(
                                training.seed(),
                                training.minutes(),
                                training.device(),
                                training.versions()));
        if (training.parent() != null) {
            line("transferred from", training.parent());
        }
        if (training.refitted() != null) {
            line(
                    "weights of",
                    "%s/%s; temperature, prediction sets and detection of foreign pictures are new"
                            .formatted(training.refitted().name(), training.refitted().version()));
        }
    }

    private void list(String label, List<String> texts) {
        String first = label;
        for (String text : texts) {
            line(first, text);
            first = "";
        }
    }

    /** A label and a text, wrapped. */
    void line(String label, String text) {
        StringBuilder row = new StringBuilder(label + " ".repeat(LABEL - label.length() + 1));
        int left = WIDTH - LABEL - 1;
        for (String word : text.split("\\s+", -1)) {
            if (word.length() + 1 > left && left < WIDTH - LABEL - 1) {
                out.println(row.toString().stripTrailing());
                row = new StringBuilder(" ".repeat(LABEL + 1));
                left = WIDTH - LABEL - 1;
            }
            row.append(word).append(' ');
            left -= word.length() + 1;
        }
        out.println(row.toString().stripTrailing());
    }
}
