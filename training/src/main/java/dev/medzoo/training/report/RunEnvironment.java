package dev.medzoo.training.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The command and environment of the run in a report.
 *
 * @param command as a person would type it again
 * @param environment what it ran on, by name, in the order it is to be shown
 */
public record RunEnvironment(String command, Map<String, String> environment) {
    public RunEnvironment {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /**
     * A run on this machine.
     *
     * @param device as {@code --device} takes it
     */
    public static RunEnvironment here(String command, String device, double seconds) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.putAll(SoftwareVersions.versions());
        environment.put("device", device);
        environment.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        environment.put("seconds", String.valueOf(Math.round(seconds)));
        return new RunEnvironment(command, environment);
    }
}
