package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.WorkFolder;
import org.junit.jupiter.api.Test;

/// The system calls of a decision.
class SyncTraceE2E {
  /// A call such as `123 fdatasync(45</data/000012.log>) = 0`, or its beginning if another thread
  /// interrupts it.
  private static final Pattern SYNC =
      Pattern.compile("^(\\d+) +f(?:data)?sync\\(\\d+<[^>]*\\.log>(\\) += 0)?");

  private static final Pattern RESUMED =
      Pattern.compile("^(\\d+) +<\\.\\.\\. f(?:data)?sync resumed>.*= 0");

  @Test
  void decisionIsOnDiskBeforeItIsAcknowledged() throws IOException {
    assumeTrue(Machine.program("strace").isPresent(), "there is no strace here");
    Path trace = WorkFolder.folder("trace").resolve("calls");
    String[] tracer = {
      "strace",
      "-f",
      "-y",
      "-s",
      "40",
      "-o",
      trace.toString(),
      "-e",
      "trace=fsync,fdatasync,write,writev,sendto,sendmsg"
    };
    try (GateScene scene = GateScene.of(Crates.alphaAndBeta(), s -> s.under(tracer))) {
      HttpProbeClient http = scene.http();
      assertThat(http.index("alpha").status()).isEqualTo(200);
      GateScene.await("the index in the trace", () -> answer(lines(trace, 0)) >= 0);
      for (String kind : new String[] {"deny", "approve", "revoke", "approve"}) {
        int before = Files.readAllLines(trace).size();

        assertThat(http.decide(kind, "traced", "alpha@1.2.0").status()).isEqualTo(200);

        GateScene.await("the answer in the trace", () -> answer(lines(trace, before)) >= 0);
        List<String> calls = lines(trace, before);
        int synced = synced(calls);
        assertThat(synced)
            .as("the sync of the write-ahead log in%n%s", String.join("\n", calls))
            .isNotNegative()
            .isLessThan(answer(calls));
      }
    }
  }

  private static List<String> lines(Path trace, int from) {
    try {
      List<String> all = Files.readAllLines(trace, java.nio.charset.StandardCharsets.ISO_8859_1);
      return all.subList(from, all.size());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static int answer(List<String> calls) {
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i).contains("HTTP/1.1 200")) {
        return i;
      }
    }
    return -1;
  }

  /// Returns the line on which the first sync of the log ends.
  private static int synced(List<String> calls) {
    String thread = "";
    for (int i = 0; i < calls.size(); i++) {
      Matcher begun = SYNC.matcher(calls.get(i));
      Matcher resumed = RESUMED.matcher(calls.get(i));
      if (begun.find()) {
        if (begun.group(2) != null) {
          return i;
        }
        thread = begun.group(1);
      } else if (resumed.find() && resumed.group(1).equals(thread)) {
        return i;
      }
    }
    return -1;
  }
}
