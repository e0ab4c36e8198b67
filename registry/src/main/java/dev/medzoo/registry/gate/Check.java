package dev.medzoo.registry.gate;

import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One demand of the gate. */
interface Check {
    /** How many faults of a kind are told one by one. */
    int MOST_FAULTS = 10;

    /** What the line is called. */
    String name();

    /** What is demanded, as the report says it. */
    String expected(Subject subject);

    /** What to run or to change where it is not met and nothing better is known of the fault. */
    String mend();

    /** Looks; an exception is a demand not met, and its message what was seen. */
    Seen look(Subject subject) throws IOException, ModelException, TranslateException;

    /**
     * What there was to see.
     *
     * @param good whether the demand is met
     * @param text for the report
     * @param mend what to run or to change; null for {@link Check#mend}
     */
    record Seen(boolean good, String text, @Nullable String mend) {
        static Seen good(String text) {
            return new Seen(true, text, null);
        }

        static Seen bad(String text) {
            return new Seen(false, text, null);
        }

        static Seen bad(String text, String mend) {
            return new Seen(false, text, mend);
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
