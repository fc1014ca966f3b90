package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lazaret.e2e.harness.KubernetesManifests;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The Kubernetes manifests, compared with the configuration of the image and with each other.
class ManifestsTest {
  private static final Path FOLDER = Machine.root().resolve("packaging/kubernetes");

  /// Values with which all objects are written that need no other file.
  static final String FULL =
      """
      name: crates
      publicUrl: https://crates.example.org
      image: {digest: "sha256:%s", pullSecrets: [{name: registry}]}
      tls: {existingSecret: gate-tls}
      secrets: {existingSecret: gate-secrets}
      storage: {className: fast}
      networkPolicy: {from: [{namespaceSelector: {}}]}
      metrics: {serviceMonitor: true, tokenSecret: {name: prometheus}, labels: {release: main}}
      extraEnv: [{name: HTTPS_PROXY, value: "http://proxy.example.org:3128"}]
      """
          .formatted("1".repeat(64));

  /// Values of several gates on a database.
  static final String CLUSTER =
      """
      image: {repository: registry.example.org/lazaret-cluster, digest: "sha256:%s"}
      publicUrl: https://crates.example.org
      tls: {existingSecret: gate-tls}
      secrets: {existingSecret: gate-secrets}
      cluster: {enabled: true, egressPorts: [6432, 9000]}
      config: |
        [storage]
        engine = "postgres"

        [storage.postgres]
        hosts = ["pgbouncer.example.org:6432"]
        database = "lazaret"
        user = "lazaret"
        password-file = "/run/secrets/lazaret/database-password"

        [storage.s3]
        endpoint = "https://objects.example.org:9000"
        bucket = "lazaret"
        path-style = true
        credentials-file = "/run/secrets/lazaret/objects"
      """
          .formatted("2".repeat(64));

  /// Returns the values of a case.
  static String values(String name) {
    return switch (name) {
      case "FULL" -> FULL;
      case "CLUSTER" -> CLUSTER;
      default -> "";
    };
  }

  @BeforeAll
  static void tools() {
    KubernetesManifests.assumeTools();
  }

  @Test
  void committedFileIsTheRenderedDefault() throws Exception {
    assertThat(KubernetesManifests.render("").ok().out())
        .as("packaging/kubernetes/render >packaging/kubernetes/lazaret.yaml")
        .isEqualTo(Files.readString(FOLDER.resolve("lazaret.yaml")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown: 1",
        "image: {tag: latest}",
        "image: {digest: latest}",
        "image: {repository: '$(id)'}",
        "publicUrl: crates.example.org",
        "publicUrl: https://crates.example.org/path",
        "jvmOptions: ['-Xmx1g -cp /tmp']",
        "authRequired: 'yes'",
        "storage: {size: large}",
        "service: {port: 0}",
        "networkPolicy: {from: [{address: 10.0.0.0/8}]}",
        "metrics: {interval: 1}",
        "extraEnv: [{name: A, value: b, secret: c}]",
        "replicas: 2",
        "cluster: {replicas: 1}",
        "cluster: {nodes: 3}",
      })
  void schemaRefuses(String values) {
    ProgramResult result = KubernetesManifests.render(values).exits(1);

    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("cannot render, the values have mistakes")
        .contains(
            "\n  "
                + (values.matches("unknown.*|replicas.*") ? "values" : values.split(":", -1)[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "FULL", "CLUSTER"})
  void pathsPortsAndUserAreThoseOfTheImage(String values) {
    KubernetesManifests manifests = KubernetesManifests.of(values(values));
    String gate = KubernetesManifests.GATE;

    assertThat(
            manifests.query(
                gate + " | .ports[] | \"\\(.containerPort)/\\(.protocol | ascii_downcase)\""))
        .isEqualTo(manifests.query(".image.config.ExposedPorts | keys[]"));
    assertThat(
            manifests.query(
                "[" + gate + " | .volumeMounts[] | select(.readOnly | not) | .mountPath] | sort[]"))
        .as("folders that are written to")
        .isEqualTo(manifests.query(".image.config.Volumes | keys | sort[]"));
    String config =
        manifests
            .query(gate + " | .volumeMounts[] | select(.name == \"config\") | .mountPath")
            .getFirst();
    assertThat(manifests.variable("LAZARET_CONFIG")).isEqualTo(config + "/lazaret.toml");
    assertThat(manifests.query(".list.items[] | select(.kind == \"ConfigMap\") | .data | keys[]"))
        .as("the files that the image has there")
        .containsExactly("jvm.options", "lazaret.toml");
    assertThat(manifests.query(pod("securityContext | \"\\(.runAsUser):\\(.runAsGroup)\"")))
        .isEqualTo(manifests.query(".image.config.User"));
    assertThat(manifests.variable("LAZARET_DATA_DIR"))
        .as("a folder in the volume, which itself is open to its group")
        .startsWith(manifests.query(gate + " | .volumeMounts[0].mountPath").getFirst() + "/");
    assertThat(manifests.variable("LAZARET_LISTEN")).isEqualTo("0.0.0.0:7080");
    assertThat(manifests.query(gate + " | .command, .args"))
        .as("the entry point of the image")
        .containsOnly("null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "FULL", "CLUSTER"})
  void objectsNameOnlyObjectsThatExist(String values) {
    KubernetesManifests manifests = KubernetesManifests.of(values(values));
    String gate = KubernetesManifests.GATE;

    String name = manifests.query(KubernetesManifests.WORKLOAD + " | .metadata.name").getFirst();
    assertThat(manifests.query(".list.items[] | select(.kind != \"Namespace\") | .metadata.name"))
        .containsOnly(name);
    assertThat(manifests.query(pod("serviceAccountName"))).containsExactly(name);
    assertThat(manifests.query(set("serviceName")))
        .containsExactly(values.equals("CLUSTER") ? "null" : name);
    assertThat(manifests.query(pod("volumes[] | select(.name == \"config\") | .configMap.name")))
        .containsExactly(name);
    assertThat(manifests.query("[" + gate + " | .volumeMounts[].name] | sort[]"))
        .isEqualTo(
            manifests.query(
                "[("
                    + pod("volumes[].name")
                    + "), ("
                    + set("volumeClaimTemplates // [] | .[].metadata.name")
                    + ")] | sort[]"));
    List<String> selectors =
        manifests.query(
            ".list.items[] | .spec | if . == null then empty else"
                + " .selector.matchLabels // .podSelector.matchLabels // .selector // empty end");
    assertThat(selectors).hasSizeGreaterThanOrEqualTo(4);
    for (String selector : selectors) {
      assertThat(manifests.query(set("template.metadata.labels") + " | contains(" + selector + ")"))
          .containsExactly("true");
      assertThat(
              manifests.query(
                  ".list.items[] | select(.kind == \"Service\") | .metadata.labels | contains("
                      + selector
                      + ")"))
          .containsExactly("true");
    }
    assertThat(
            manifests.query(
                "[.. | objects | (.httpGet.port?, .targetPort?,"
                    + " (select(.endpoints?) | .endpoints[].port),"
                    + " (select(.ingress?) | .ingress[].ports[].port))"
                    + " | select(. != null)] | unique[]"))
        .isEqualTo(manifests.query(gate + " | .ports[].name"));
  }

  @Test
  void severalGatesAreReplacedOneByOneAndSpread() {
    KubernetesManifests manifests = KubernetesManifests.of(CLUSTER);

    assertThat(manifests.query(KubernetesManifests.WORKLOAD + " | .kind"))
        .containsExactly("Deployment");
    assertThat(manifests.query(set("replicas"))).containsExactly("3");
    assertThat(manifests.query(set("strategy.rollingUpdate")))
        .containsExactly("{\"maxUnavailable\":0,\"maxSurge\":1}");
    assertThat(
            manifests.query(
                pod("topologySpreadConstraints[] | \"\\(.topologyKey) \\(.whenUnsatisfiable)\"")))
        .containsExactly(
            "topology.kubernetes.io/zone ScheduleAnyway", "kubernetes.io/hostname ScheduleAnyway");
    assertThat(manifests.query("[.. | objects | .persistentVolumeClaim?, .volumeClaimTemplates?]"))
        .allMatch(found -> found.matches("\\[(null,?)*]"));
    assertThat(manifests.query(pod("volumes[] | select(.name == \"store\") | .emptyDir")))
        .containsExactly("{\"sizeLimit\":\"4Gi\"}");
    assertThat(
            manifests.query(
                ".list.items[] | select(.kind == \"PodDisruptionBudget\") | .spec.maxUnavailable"))
        .containsExactly("1");
    assertThat(
            manifests.query(
                ".list.items[] | select(.kind == \"NetworkPolicy\")"
                    + " | [.spec.egress[].ports[] | select(.protocol == \"TCP\") | .port]"))
        .containsExactly("[53,443,6432,9000]");
    assertThat(KubernetesManifests.render("cluster: {enabled: true}").exits(1).err())
        .startsWith("cannot render: with cluster.enabled expected 'engine = \"postgres\"'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "CLUSTER"})
  void podHasNoMoreRightsThanItNeeds(String values) {
    KubernetesManifests manifests = KubernetesManifests.of(values(values));

    assertThat(manifests.query(pod("automountServiceAccountToken"))).containsExactly("false");
    assertThat(manifests.query(pod("enableServiceLinks")))
        .as("variables such as LAZARET_PORT would be misspelt settings")
        .containsExactly("false");
    assertThat(
            manifests.query(
                pod("securityContext | .runAsNonRoot, .seccompProfile.type, .fsGroupChangePolicy")))
        .containsExactly("true", "RuntimeDefault", "OnRootMismatch");
    assertThat(manifests.query(KubernetesManifests.GATE + " | .securityContext"))
        .containsExactly(
            "{\"allowPrivilegeEscalation\":false,\"readOnlyRootFilesystem\":true,"
                + "\"capabilities\":{\"drop\":[\"ALL\"]}}");
    assertThat(
            manifests.query(
                "[.. | objects | .hostNetwork?, .hostPath?, .hostPID?, .privileged?]"
                    + " | map(select(. != null))"))
        .containsExactly("[]");
  }

  @Test
  void alertsAndDashboardAreThoseOfTheFolderObservability() {
    Path observability = Machine.root().resolve("packaging/observability");
    assumeTrue(
        Files.exists(observability.resolve("lazaret-alerts.yaml")), "no alerts in this tree");
    KubernetesManifests manifests =
        KubernetesManifests.of(
            "name: crates\nmetrics: {serviceMonitor: true, alerts: true, dashboard: true}");

    assertThat(
            manifests.query(
                ".list.items[] | select(.kind == \"PrometheusRule\")"
                    + " | .spec.groups[].rules[].alert | select(. != null)"))
        .isNotEmpty();
    assertThat(
            manifests.query(
                ".list | (.items[] | select(.kind == \"ServiceMonitor\") | .spec.jobLabel)"
                    + " as $label"
                    + " | .items[] | select(.kind == \"Service\") | .metadata.labels[$label]"))
        .as("the job that the alerts name")
        .containsExactly("lazaret");
    assertThat(
            manifests.query(
                ".list.items[] | select(.metadata.name == \"crates-dashboard\") |"
                    + " .data[\"lazaret-dashboard.json\"] | fromjson | .panels | length > 0"))
        .containsExactly("true");
  }

  private static String set(String path) {
    return KubernetesManifests.WORKLOAD + " | .spec." + path;
  }

  private static String pod(String path) {
    return set("template.spec." + path);
  }
}
