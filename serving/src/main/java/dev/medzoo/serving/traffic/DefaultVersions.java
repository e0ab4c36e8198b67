package dev.medzoo.serving.traffic;

import dev.medzoo.serving.work.ServedVersion;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The default version of each model name, for requests that name none: the version that the index
 * calls stable. While that one is loading or has failed, the previous default stays. A registered
 * name whose stable version is not served defaults to its highest version.
 */
final class DefaultVersions {
    private final DesiredModels plan;
    private final ServedSnapshot next;
    private final Map<String, String> before;

    /**
     * @param next what will be served
     * @param before the previous default versions, by name
     */
    DefaultVersions(DesiredModels plan, ServedSnapshot next, Map<String, String> before) {
        this.plan = plan;
        this.next = next;
        this.before = before;
    }

    /** The versions, by name. */
    Map<String, String> all() {
        Map<String, String> defaults = new HashMap<>();
        for (ServedModel model : next.models().values()) {
            String version = of(model.name());
            if (version != null) {
                defaults.put(model.name(), version);
            }
        }
        return defaults;
    }

    private @Nullable String of(String name) {
        Version stable = next.index().aliasesOf(name).get(ModelReference.STABLE);
        Set<ServedVersion> served = next.models().keySet();
        ServedVersion wanted = stable == null ? null : new ServedVersion(name, stable.toString());
        if (wanted != null && served.contains(wanted)) {
            return wanted.version();
        }
        if (plan.isRegistered(name) && !(wanted != null && isMissed(wanted))) {
            return highest(name);
        }
        String previous = before.get(name);
        boolean isServed = previous != null && served.contains(new ServedVersion(name, previous));
        return wanted != null && isServed ? previous : null;
    }

    private boolean isMissed(ServedVersion model) {
        return next.loading().contains(model) || next.failed().containsKey(model);
    }

    private String highest(String name) {
        List<ServedModel> versions = next.versions(name);
        return versions.get(versions.size() - 1).version();
    }
}
