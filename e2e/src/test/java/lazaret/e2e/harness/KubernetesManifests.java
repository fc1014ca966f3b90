package lazaret.e2e.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The manifests of `packaging/kubernetes` for some values, with the configuration of the image
/// that they name.
///
/// @param file the file with the list of manifests and the configuration, JSON
public record KubernetesManifests(Path file) {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Path RENDER = Machine.root().resolve("packaging/kubernetes/render");

  /// The filter of the object with the pods: one with a volume, or several without.
  public static final String WORKLOAD =
      ".list.items[] | select(.kind == \"StatefulSet\" or .kind == \"Deployment\")";

  /// The filter of the container of the gate.
  public static final String GATE = WORKLOAD + " | .spec.template.spec.containers[0]";

  /// Skips the test if a program is absent that prints the manifests or reads them.
  public static void assumeTools() {
    assumeTrue(Machine.program("jq").isPresent(), "no jq in PATH");
    assumeTrue(
        Machine.program("python3").isPresent() && render(List.of("--help")).exit() == 0,
        "python3-yaml or python3-jsonschema is not installed");
  }

  /// Prints the manifests with changed values.
  ///
  /// @param values YAML
  public static ProgramResult render(String values, String... options) {
    Path changed = write(WorkFolder.folder("values").resolve("values.yaml"), values);
    List<String> all = new ArrayList<>(List.of("--values", changed.toString()));
    all.addAll(List.of(options));
    return render(all);
  }

  private static ProgramResult render(List<String> options) {
    List<String> command = new ArrayList<>(List.of(RENDER.toString()));
    command.addAll(options);
    return ProgramResult.of(new ProcessBuilder(command), PATIENCE);
  }

  /// Returns the manifests with changed values.
  ///
  /// @param values YAML
  public static KubernetesManifests of(String values) {
    String manifests = render(values, "--json").ok().out();
    // As make_image makes it.
    String image =
        run(
                "bash",
                "-c",
                "source \"$1/image.sh\" && jq -n -f \"$1/image/config.jq\" --arg arch amd64 --arg"
                    + " created '' --arg version '' --arg base '' --arg revision '' --arg user"
                    + " \"$image_user:$image_user\" --arg home \"$image_home\" --arg port"
                    + " \"$image_port\" --args layer",
                "bash",
                Machine.root().resolve("packaging").toString())
            .ok()
            .out();
    return new KubernetesManifests(
        write(
            WorkFolder.folder("manifests").resolve("all.json"),
            "{\"image\": %s, \"list\": %s}".formatted(image, manifests)));
  }

  /// Returns the results of a filter of jq, each a line; texts without quotes.
  public List<String> query(String filter) {
    return run("jq", "-r", "-c", filter, file.toString()).ok().out().lines().toList();
  }

  /// Returns the variables of the gate: those of the image, then those of the manifests.
  public Map<String, String> variables() {
    String ofManifests = GATE + " | .env[] | .name + \"=\" + .value";
    return query(".image.config.Env[], (" + ofManifests + ")").stream()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (_, last) -> last));
  }

  /// Returns the value of a variable of the gate; an empty text if it is not set.
  public String variable(String name) {
    return variables().getOrDefault(name, "");
  }

  /// Writes the files of the mounted configuration.
  public void writeConfig(Path folder) {
    String files = ".list.items[] | select(.kind == \"ConfigMap\") | .data";
    for (String name : query(files + " | keys[]")) {
      String text = files + " | .[\"%s\"] | select(. != null)".formatted(name);
      write(folder.resolve(name), String.join("\n", query(text)));
    }
  }

  private static ProgramResult run(String... command) {
    return ProgramResult.of(new ProcessBuilder(command), PATIENCE);
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
