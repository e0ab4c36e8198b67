package dev.medzoo.registry.gate;

import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One check of the gate. */
interface Check {
    /** Maximum number of listed faults of a kind. */
    int MOST_FAULTS = 10;

    /** Name of the check in the report. */
    String name();

    /** The requirement, for the report. */
    String expected(Subject subject);

    /** Default advice on how to fix a failure. */
    String remedy();

    /** Runs the check. An exception is a failure; its message is the value seen. */
    Seen look(Subject subject) throws IOException, ModelException, TranslateException;

    /**
     * The result of a check.
     *
     * @param good whether the check passed
     * @param text for the report
     * @param remedy how to fix it; null for {@link Check#remedy}
     */
    record Seen(boolean good, String text, @Nullable String remedy) {
        static Seen good(String text) {
            return new Seen(true, text, null);
        }

        static Seen bad(String text) {
            return new Seen(false, text, null);
        }

        static Seen bad(String text, String remedy) {
            return new Seen(false, text, remedy);
        }

        /** Good or bad, with the same text. */
        static Seen of(boolean good, String text) {
            return new Seen(good, text, null);
        }

        /** Good where there is no fault, else the first of them. */
        static Seen of(List<String> faults, String otherwise) {
            if (faults.isEmpty()) {
                return good(otherwise);
            }
            String some =
                    String.join("; ", faults.subList(0, Math.min(MOST_FAULTS, faults.size())));
            int more = faults.size() - MOST_FAULTS;
            return bad(more > 0 ? some + "; and " + more + " more" : some);
        }
    }
}
