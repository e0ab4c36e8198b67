package dev.medzoo.training.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Command and environment of a run, for a report.
 *
 * @param command to repeat the run
 * @param environment facts about the machine and software, by name, in display order
 */
public record RunEnvironment(String command, Map<String, String> environment) {
    public RunEnvironment {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /**
     * Describes a run on this machine.
     *
     * @param device as in {@code --device}
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
