package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.KubernetesManifests;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.Programs;
import lazaret.e2e.harness.WorkFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server with the variables and files of the Kubernetes manifests.
class ManifestsE2E {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @BeforeAll
  static void tools() {
    KubernetesManifests.assumeTools();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "FULL", "CLUSTER"})
  void serverKnowsEachVariableAndAcceptsTheConfiguration(String values) throws Exception {
    KubernetesManifests manifests = KubernetesManifests.of(ManifestsTest.values(values));
    Map<String, String> variables = new HashMap<>(manifests.variables());
    Path folder = WorkFolder.folder("config");
    manifests.writeConfig(folder);
    variables.put("LAZARET_CONFIG", folder.resolve("lazaret.toml").toString());
    certificate(folder);
    // The server reads these files, which are in a secret.
    variables.computeIfPresent(
        "LAZARET_TLS_CERTIFICATE", (_, path) -> folder.resolve(name(path)).toString());
    variables.computeIfPresent(
        "LAZARET_TLS_KEY", (_, path) -> folder.resolve(name(path)).toString());
    for (String secret : List.of("database-password", "objects")) {
      Files.writeString(folder.resolve(secret), "secret\n");
    }
    Path config = folder.resolve("lazaret.toml");
    Files.writeString(
        config, Files.readString(config).replace("/run/secrets/lazaret/", folder + "/"));

    ProgramResult printed = server(variables, "--print-config");

    assertThat(printed.ok().err()).isEmpty();
    variables.keySet().stream()
        .filter(name -> name.startsWith("LAZARET_") && !name.equals("LAZARET_CONFIG"))
        .forEach(name -> assertThat(printed.out()).as("--print-config").contains(name));
  }

  @Test
  void serverRefusesWhatKubernetesWouldAddForAServiceOfThisName() {
    // The reason of enableServiceLinks: false.
    ProgramResult refused =
        server(Map.of("LAZARET_PORT", "tcp://10.0.0.1:7080"), "--print-config").exits(2);

    assertThat(refused.err()).contains("environment variable LAZARET_PORT");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void probesAndMetricsAnswerUnderTheAddressOfThePod(boolean tls) throws Exception {
    KubernetesManifests manifests =
        KubernetesManifests.of(
            (tls ? "tls: {existingSecret: gate-tls}\n" : "") + "metrics: {serviceMonitor: true}");
    int port = Machine.freePort();
    Path files = WorkFolder.folder("tls");
    try (GateScene scene =
        GateScene.of(
            Crates.alphaAndBeta(),
            settings -> {
              manifests.variables().forEach(settings::variable);
              settings.variable("LAZARET_DATA_DIR", settings.data().toString());
              manifests.writeConfig(files);
              settings.variable("LAZARET_CONFIG", files.resolve("lazaret.toml").toString());
              if (tls) {
                certificate(files);
                settings.variable("LAZARET_TLS_CERTIFICATE", files.resolve("tls.crt").toString());
                settings.variable("LAZARET_TLS_KEY", files.resolve("tls.key").toString());
              }
              return settings.argument("--listen", "0.0.0.0:" + port);
            })) {
      List<String> asked = new ArrayList<>();
      for (String probe :
          manifests.query(
              KubernetesManifests.GATE
                  + " | .startupProbe, .readinessProbe, .livenessProbe | .httpGet"
                  + " | \"\\(.scheme | ascii_downcase) \\(.path)\"")) {
        String scheme = probe.substring(0, probe.indexOf(' '));
        String path = probe.substring(probe.indexOf(' ') + 1);
        asked.add(path);
        assertThat(status(scheme + "://127.0.0.2:" + port + path)).as(probe).isEqualTo("200");
      }
      assertThat(asked).containsExactly("/health/startup", "/health/ready", "/health/live");
      String endpoint = ".list.items[] | select(.kind == \"ServiceMonitor\") | .spec.endpoints[0]";
      String scrape =
          "%s://127.0.0.2:%d%s"
              .formatted(
                  manifests.query(endpoint + ".scheme").getFirst(),
                  port,
                  manifests.query(endpoint + ".path").getFirst());
      assertThat(status(scrape)).as("without a token").isEqualTo("401");
      Path header =
          Files.writeString(
              files.resolve("header"), "Authorization: Bearer " + scene.gate().token());
      assertThat(status("-H", "@" + header, scrape)).isEqualTo("200");
    }
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static void certificate(Path folder) {
    Programs.run(
            PATIENCE,
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "30",
            "-subj",
            "/CN=crates.example.org",
            "-keyout",
            folder.resolve("tls.key").toString(),
            "-out",
            folder.resolve("tls.crt").toString())
        .ok();
  }

  /// Returns the status of a request whose certificate is not checked, as a kubelet does it.
  private static String status(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "curl",
                "-sk",
                "--noproxy",
                "*",
                "-m",
                "20",
                "-o",
                "/dev/null",
                "-w",
                "%{http_code}"));
    command.addAll(List.of(arguments));
    return Programs.run(PATIENCE, command.toArray(String[]::new)).ok().out();
  }

  private static ProgramResult server(Map<String, String> variables, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "lazaret.mirror.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("LAZARET"));
    builder.environment().putAll(variables);
    return ProgramResult.of(builder, PATIENCE);
  }
}
