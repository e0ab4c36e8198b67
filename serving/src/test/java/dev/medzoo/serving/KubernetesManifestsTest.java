package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.medzoo.serving.settings.ServerSettings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests in {@code deploy/kubernetes}, read strictly, against the server and its image. */
class KubernetesManifestsTest {
    @RegisterExtension static final RunningServer server = RunningServer.withOne(SKIN);

    private static final Path FOLDER = Path.of("../deploy/kubernetes");
    private static final String QUEUE = "medzoo_queue_depth";

    private static List<HasMetadata> build(String overlay) throws Exception {
        List<HasMetadata> objects = new ArrayList<>();
        for (JsonNode each : Kustomization.build(FOLDER.resolve(overlay))) {
            objects.add(KubernetesObjects.object(each));
        }
        return objects;
    }

    private static <T> T only(List<HasMetadata> objects, Class<T> type) {
        List<T> found = objects.stream().filter(type::isInstance).map(type::cast).toList();
        assertThat(found).as(type.getSimpleName()).hasSize(1);
        return found.get(0);
    }

    private static PodSpec pod(List<HasMetadata> objects) {
        return only(objects, Deployment.class).getSpec().getTemplate().getSpec();
    }

    private static ManifestContainer container(List<HasMetadata> objects) {
        PodSpec pod = pod(objects);
        assertThat(pod.getContainers()).hasSize(1);
        return new ManifestContainer(pod.getContainers().get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "autoscaled", "remote-store"})
    void startsWhatIsThereAndNoMore(String overlay) throws Exception {
        List<HasMetadata> objects = build(overlay);
        PodSpec pod = pod(objects);
        ManifestContainer container = container(objects);
        ServerSettings settings = container.settings();

        container.checkProbes(server.server().routes());
        container.checkConfined();
        container.checkPaths(pod.getVolumes());
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(10001);
        assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                .isEqualTo("RuntimeDefault");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(container.port("http")).isEqualTo(settings.inference().port());
        assertThat(container.port("management")).isEqualTo(settings.management().port());
        // Beyond loopback the management takes tokens, or nobody can manage.
        assertThat(settings.management().host()).isEqualTo("0.0.0.0");
        Path tokens = Objects.requireNonNull(settings.tokens().file());
        assertThat(tokens).hasParentRaw(Path.of(mount(container.container(), "tokens")));
        Volume secret = volume(pod, "tokens");
        assertThat(secret.getSecret().getDefaultMode()).isEqualTo(0440);
    }

    @Test
    void waitsForWhatIsUnderWay() throws Exception {
        List<HasMetadata> objects = build("base");
        ServerSettings settings = container(objects).settings();

        assertThat(settings.stopDelay()).isPositive();
        assertThat(pod(objects).getTerminationGracePeriodSeconds())
                .isGreaterThan(
                        settings.stopDelay()
                                .plus(settings.drainTimeout().multipliedBy(2))
                                .toSeconds());
    }

    @Test
    void allIsAboutTheSamePods() throws Exception {
        List<HasMetadata> objects = build("base");
        Deployment deployment = only(objects, Deployment.class);
        Map<String, String> labels = deployment.getSpec().getTemplate().getMetadata().getLabels();
        Service service = only(objects, Service.class);
        PodDisruptionBudget budget = only(objects, PodDisruptionBudget.class);
        NetworkPolicy policy = only(objects, NetworkPolicy.class);

        assertThat(deployment.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
        assertThat(service.getSpec().getSelector()).isEqualTo(labels);
        assertThat(budget.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
        assertThat(policy.getSpec().getPodSelector().getMatchLabels()).isEqualTo(labels);
        assertThat(budget.getSpec().getMinAvailable().getIntVal())
                .isLessThan(deployment.getSpec().getReplicas());
        assertThat(service.getSpec().getPorts())
                .extracting(ServicePort::getTargetPort)
                .extracting(Object::toString)
                .hasSize(1)
                .allMatch(each -> each.contains("http"));
    }

    /** A volume is root's with everybody's permissions, where no cache is taken. */
    @Test
    void theServerHasAFolderOfItsOwnForTheCache() throws Exception {
        List<HasMetadata> objects = build("base");
        PodSpec pod = pod(objects);
        Container maker = pod.getInitContainers().get(0);

        checkOwnFolder(container(objects), maker);
    }

    static void checkOwnFolder(ManifestContainer server, Container maker) {
        VolumeMount mount =
                server.container().getVolumeMounts().stream()
                        .filter(each -> each.getName().equals("cache"))
                        .findFirst()
                        .orElseThrow();
        assertThat(maker.getCommand())
                .containsExactly(
                        "mkdir",
                        "-p",
                        "-m",
                        "700",
                        mount(maker, "cache") + "/" + mount.getSubPath());
        ManifestContainer.checkConfined(maker);
        for (String cache : List.of("MEDZOO_CACHE", "DJL_CACHE_DIR")) {
            assertThat(Path.of(server.environment().get(cache)))
                    .hasParentRaw(Path.of(mount.getMountPath()));
        }
    }

    @Test
    void onlyPredictionsCanBeReachedFromEverywhere() throws Exception {
        List<HasMetadata> objects = build("base");
        NetworkPolicy policy = only(objects, NetworkPolicy.class);
        List<NetworkPolicyIngressRule> rules = policy.getSpec().getIngress();
        ManifestContainer container = container(objects);

        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(policy.getSpec().getEgress()).isEmpty();
        assertThat(rules).hasSize(2);
        for (NetworkPolicyIngressRule rule : rules) {
            String port = rule.getPorts().get(0).getPort().getStrVal();
            container.port(port);
            Map<String, String> namespaces =
                    rule.getFrom().get(0).getNamespaceSelector().getMatchLabels();
            assertThat(namespaces.isEmpty()).as(port).isEqualTo(port.equals("http"));
        }
        assertThat(only(build("remote-store"), NetworkPolicy.class).getSpec().getEgress())
                .hasSize(1);
    }

    @Test
    void scalesByAMetricThatTheServerHas() throws Exception {
        List<HasMetadata> objects = build("autoscaled");
        Deployment deployment = only(objects, Deployment.class);
        HorizontalPodAutoscaler scaler = only(objects, HorizontalPodAutoscaler.class);
        MetricSpec metric = scaler.getSpec().getMetrics().get(0);
        JsonNode rule =
                KubernetesObjects.documents(FOLDER.resolve("autoscaled/prometheus-adapter.yaml"))
                        .get(0)
                        .at("/rules/0");

        assertThat(deployment.getSpec().getReplicas()).isNull();
        assertThat(scaler.getSpec().getScaleTargetRef().getKind()).isEqualTo(deployment.getKind());
        assertThat(scaler.getSpec().getScaleTargetRef().getName())
                .isEqualTo(deployment.getMetadata().getName());
        assertThat(metric.getType()).isEqualTo("Pods");
        assertThat(metric.getPods().getMetric().getName()).isEqualTo(QUEUE);
        assertThat(metric.getPods().getTarget().getType()).isEqualTo("AverageValue");
        assertThat(scaler.getSpec().getMinReplicas())
                .isGreaterThan(
                        only(objects, PodDisruptionBudget.class)
                                .getSpec()
                                .getMinAvailable()
                                .getIntVal());

        // The rule makes that name of a series with the labels that the scrape adds.
        assertThat(rule.at("/name/as").asText()).isEqualTo(QUEUE);
        assertThat(QUEUE).matches(rule.at("/name/matches").asText());
        assertThat(rule.path("seriesQuery").asText()).startsWith(QUEUE + "{");
        String scrape =
                KubernetesObjects.documents(Path.of("../deploy/prometheus-scrape.yaml"))
                        .get(0)
                        .at("/scrape_configs/1/relabel_configs")
                        .toString();
        for (String label : List.of("namespace", "pod")) {
            assertThat(rule.path("seriesQuery").asText()).contains(label + "!=\"\"");
            assertThat(rule.at("/resources/overrides/" + label + "/resource").asText())
                    .isEqualTo(label);
            assertThat(scrape).contains("\"target_label\":\"" + label + "\"");
        }
        // One series a version, so a pod's are to be added.
        assertThat(server.get("/metrics").body())
                .contains("# TYPE " + QUEUE + " gauge")
                .containsPattern(QUEUE + "\\{model=\"" + SKIN + "\",version=\"[0-9.]+\"\\} ");
        assertThat(rule.path("metricsQuery").asText())
                .startsWith("sum(")
                .contains("<<.Series>>{<<.LabelMatchers>>}")
                .endsWith("by (<<.GroupBy>>)");
    }

    @Test
    void followsAStoreElsewhere() throws Exception {
        ManifestContainer container = container(build("remote-store"));

        assertThat(container.settings().store().location()).startsWith("https://");
        assertThat(container.environment())
                .containsEntry("MEDZOO_TRUST", "/etc/medzoo-trust/trust.json")
                .containsKey("MEDZOO_STORE_TOKEN");
    }

    /** The API server would refuse each, and so would this test. */
    @Test
    void readsStrictly() throws Exception {
        String container = "/spec/template/spec/containers/0";
        for (String wrong :
                List.of(
                        container + " {\"readinesProbe\": {}}",
                        container + " {\"resources\": {\"limit\": {}}}",
                        container + "/env/0 {\"value\": 5}",
                        container + "/env/0 {\"value\": true}",
                        "/spec {\"replicas\": \"2\"}",
                        "/spec {\"template\": []}")) {
            String[] parts = wrong.split(" ", 2);
            JsonNode deployment = Kustomization.build(FOLDER.resolve("base")).get(0);
            ((ObjectNode) deployment.at(parts[0]))
                    .setAll((ObjectNode) KubernetesObjects.documents(parts[1]).get(0));
            assertThatThrownBy(() -> KubernetesObjects.object(deployment))
                    .as(wrong)
                    .isInstanceOf(java.io.IOException.class);
        }
    }

    private static String mount(Container container, String volume) {
        return container.getVolumeMounts().stream()
                .filter(each -> each.getName().equals(volume))
                .map(VolumeMount::getMountPath)
                .findFirst()
                .orElseThrow(() -> new AssertionError("mount: no " + volume));
    }

    private static Volume volume(PodSpec pod, String name) {
        return pod.getVolumes().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("volume: no " + name));
    }
}
