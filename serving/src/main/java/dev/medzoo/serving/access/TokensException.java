package dev.medzoo.serving.access;

import java.util.List;

/** A tokens file is invalid. The message lists all faults, not only the first. */
public final class TokensException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> faults;

    TokensException(List<String> faults) {
        super(String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    /** One message a fault: file and line, value seen, value expected. */
    public List<String> faults() {
        return faults;
    }
}
