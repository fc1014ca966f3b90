package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateSettings;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.WorkFolder;
import org.junit.jupiter.api.Test;

/// The crates with which `bin/aot` trains the gate. A refused one would train refusals only.
class TrainingCorpusE2E {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// The indicator of the feed that the training imports.
  private static final Pattern DOMAIN = Pattern.compile("\"domains\":\\[\"([^\"]+)\"]");

  @Test
  void gateServesEachIndexFileAndArtifact() throws IOException {
    Path work = WorkFolder.folder("corpus");
    make(work);
    List<String> indexes = Files.readAllLines(work.resolve("indexes"));
    List<String> artifacts = Files.readAllLines(work.resolve("artifacts"));
    assertThat(indexes).hasSize(48);
    assertThat(artifacts).hasSize(96);
    namesNoIndicator(work.resolve("trees"));

    Path upstream = work.resolve("upstream");
    GateSettings settings = GateSettings.over(WorkFolder.folder("data"), upstream);
    try (GateProcess gate = GateProcess.start(settings)) {
      HttpProbeClient http = gate.http();
      for (String path : indexes) {
        HttpProbeClient.Answer answer = http.get("/" + path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(answer.text().lines().count()).as(path).isEqualTo(lines(upstream, path));
      }
      for (String path : artifacts) {
        HttpProbeClient.Answer answer = http.get("/" + path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(answer.body().length()).as(path).isGreaterThan(2_000);
      }
    }
  }

  private static void namesNoIndicator(Path trees) throws IOException {
    Matcher domain = DOMAIN.matcher(Files.readString(Machine.root().resolve("bin/aot")));
    assertThat(domain.find()).isTrue();
    try (Stream<Path> paths = Files.walk(trees)) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContain(domain.group(1));
      }
    }
  }

  private static long lines(Path upstream, String path) throws IOException {
    return Files.readAllLines(upstream.resolve(path)).size();
  }

  /// Runs the part of the training that makes the crates.
  private static void make(Path work) {
    Path training = Machine.root().resolve("packaging/training");
    ProgramResult.of(
            new ProcessBuilder(
                "bash",
                "-euo",
                "pipefail",
                "-c",
                "work=$1 training=$2; source \"$2/corpus.sh\"; make_corpus \"$1/upstream\"",
                "corpus",
                work.toString(),
                training.toString()),
            PATIENCE)
        .ok();
  }
}
