package dev.medzoo.zoo.data;

import java.util.List;

/** Thrown when pictures are not fit for training or evaluation. */
public final class FaultyDataException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** Most faults in a message; {@link #faults()} has all. */
    private static final int MOST_SHOWN = 40;

    private final transient List<String> faults;

    /**
     * Creates it from the faults.
     *
     * @param faults all of them, each with what is expected; at least one
     */
    public FaultyDataException(List<String> faults) {
        super(message(faults));
        this.faults = List.copyOf(faults);
    }

    private static String message(List<String> faults) {
        String shown = String.join("; ", faults.subList(0, Math.min(MOST_SHOWN, faults.size())));
        int more = faults.size() - MOST_SHOWN;
        return more > 0 ? "%s; and %d more".formatted(shown, more) : shown;
    }

    /** Every fault. */
    public List<String> faults() {
        return faults;
    }

    /** Throws if there is any fault. */
    public static void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new FaultyDataException(faults);
        }
    }
}
