package dev.medzoo.registry.attack;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Something that must be refused.
 *
 * @param what is attacked, and how
 * @param act that ends in the refusal
 * @param message of it; {@code …} stands for what differs from run to run
 */
record Attack(String what, ThrowingCallable act, String message) {
    @Override
    public String toString() {
        return what;
    }

    /** Attacks on one thing. */
    static final class Rows {
        private final List<Attack> rows = new ArrayList<>();

        Rows add(String what, String message, ThrowingCallable act) {
            rows.add(new Attack(what, act, message));
            return this;
        }

        List<Attack> list() {
            return rows;
        }
    }
}
