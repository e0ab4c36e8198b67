package dev.medzoo.serving.settings;

import java.util.List;

/** The settings are invalid. The message lists all faults, not only the first. */
public final class SettingsException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> faults;

    SettingsException(List<String> faults) {
        super(String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    /** One message a fault: name, value seen, where, value expected. */
    public List<String> faults() {
        return faults;
    }
}
