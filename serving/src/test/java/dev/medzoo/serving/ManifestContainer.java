package dev.medzoo.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.settings.ServerSettings;
import dev.medzoo.serving.settings.SettingsException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A container of a manifest that runs the server, against what the image has and the server knows.
 *
 * @param container as the manifest has it
 */
record ManifestContainer(Container container) {
    private static final Path DOCKERFILE = Path.of("../Dockerfile");

    /** Variables that others than the server's settings read: Java, DJL, the store. */
    private static final Set<String> OTHERS =
            Set.of("JAVA_TOOL_OPTIONS", "DJL_CACHE_DIR", "MEDZOO_CACHE", "MEDZOO_TRUST");

    /** Where KServe puts what a storageUri names. */
    private static final Path STORAGE = Path.of("/mnt/models");

    private static final long USER = 10001;

    /** Its environment; a value from elsewhere is a word. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        for (EnvVar each : container.getEnv()) {
            String value = each.getValueFrom() == null ? each.getValue() : "word";
            assertThat(environment.put(each.getName(), value)).as(each.getName()).isNull();
        }
        return environment;
    }

    /** What its server would be set to; wrong names and values fail. */
    ServerSettings settings() throws SettingsException {
        environment().keySet().stream()
                .filter(each -> !each.startsWith("MEDZOO_"))
                .forEach(each -> assertThat(OTHERS).contains(each));
        return ServerSettings.read(null, environment(), Map.of());
    }

    int port(String name) {
        return container.getPorts().stream()
                .filter(each -> each.getName().equals(name))
                .map(ContainerPort::getContainerPort)
                .findFirst()
                .orElseThrow(() -> new AssertionError("port: no " + name));
    }

    /** Startup, liveness and readiness ask for open routes of the inference port, and in time. */
    void checkProbes(List<Route> routes) throws SettingsException {
        List<Probe> probes =
                Stream.of(
                                container.getStartupProbe(),
                                container.getReadinessProbe(),
                                container.getLivenessProbe())
                        .toList();
        for (Probe probe : probes) {
            HTTPGetAction asked = probe.getHttpGet();
            IntOrString port = asked.getPort();
            assertThat(port.getStrVal() == null ? port.getIntVal() : port(port.getStrVal()))
                    .isEqualTo(settings().inference().port());
            assertThat(routes)
                    .anyMatch(
                            route ->
                                    route.template().equals(asked.getPath())
                                            && route.role() == null
                                            && route.methods().contains("GET"));
        }
        assertThat(probes.get(0).getHttpGet().getPath())
                .isEqualTo(probes.get(1).getHttpGet().getPath());
        // Some minutes to load the models, and half of one to be alive again.
        assertThat(probes.get(0).getPeriodSeconds() * probes.get(0).getFailureThreshold())
                .isGreaterThanOrEqualTo(120);
        assertThat(probes.get(2).getPeriodSeconds() * probes.get(2).getFailureThreshold())
                .isGreaterThanOrEqualTo(30);
    }

    /** It runs as the image's user, who is not root, and writes nothing but to volumes. */
    void checkConfined() throws IOException {
        checkConfined(container);
        assertThat(Files.readString(DOCKERFILE)).contains("--uid " + USER + " medzoo");
        assertThat(container.getImage()).isEqualTo("medzoo");
    }

    static void checkConfined(Container container) {
        SecurityContext may = container.getSecurityContext();
        assertThat(may.getAllowPrivilegeEscalation()).isFalse();
        assertThat(may.getReadOnlyRootFilesystem()).isTrue();
        assertThat(may.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getResources().getRequests()).containsOnlyKeys("cpu", "memory");
        assertThat(container.getResources().getLimits()).containsOnlyKeys("cpu", "memory");
        if (may.getRunAsUser() != null) {
            assertThat(may.getRunAsUser()).isEqualTo(USER);
        }
    }

    /** What it names in its environment is in the image, in a volume, or where KServe puts it. */
    void checkPaths(List<Volume> volumes) throws IOException {
        Set<String> there = volumes.stream().map(Volume::getName).collect(Collectors.toSet());
        assertThat(there)
                .containsAll(
                        container.getVolumeMounts().stream().map(VolumeMount::getName).toList());
        Set<Path> copied =
                Pattern.compile("(?m)^COPY --from=build /src/(\\S+) \\./(\\S*)")
                        .matcher(Files.readString(DOCKERFILE))
                        .results()
                        .map(ManifestContainer::target)
                        .collect(Collectors.toSet());
        for (String value : environment().values()) {
            String path = value.replaceFirst("^artifact:", "");
            if (path.startsWith("/")) {
                Path named = Path.of(path);
                boolean isMounted =
                        container.getVolumeMounts().stream()
                                .anyMatch(each -> named.startsWith(Path.of(each.getMountPath())));
                assertThat(isMounted || copied.contains(named) || named.equals(STORAGE))
                        .as(path)
                        .isTrue();
            }
        }
    }

    private static Path target(MatchResult copy) {
        Path source = Path.of(copy.group(1));
        Path target = Path.of("/opt/medzoo", copy.group(2));
        return copy.group(2).isEmpty() ? target.resolve(source.getFileName()) : target;
    }
}
