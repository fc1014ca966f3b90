package lazaret.mirror.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Attacks on the memory of a server with a third of the packaged heap. The process ends at the
/// first OutOfMemoryError, so that a running server has had none. An honest client sends requests
/// all the time, and at the end all budgets are unused.
final class MemoryScene {
  private static final Map<String, String> SMALL =
      Map.of("LAZARET_CACHE_ARTIFACT_MEMORY", "32MiB", "LAZARET_CACHE_INDEX_MEMORY", "20MiB");

  interface Attack {
    void run() throws IOException, InterruptedException;
  }

  private MemoryScene() {}

  static SmallServer server(Path folder) {
    return new SmallServer(folder, "-Xmx176m", SMALL);
  }

  /// Runs an attack while an honest client requests a small artifact.
  static void survives(SmallServer server, Attack attack) throws IOException, InterruptedException {
    String honest = server.held("honest", 1, 10_000).getFirst();
    Map<Integer, Integer> answers = new TreeMap<>();
    AtomicBoolean over = new AtomicBoolean();
    Thread client = Thread.ofPlatform().start(() -> ask(server, honest, answers, over));
    try {
      attack.run();
    } finally {
      over.set(true);
      client.join();
    }
    assertThat(server.alive()).as(server.said()).isTrue();
    assertThat(answers.keySet()).as("%s", answers).isSubsetOf(200, 503);
    unused(server, Duration.ofSeconds(40));
    assertThat(server.get(honest).statusCode()).isEqualTo(200);
    System.out.println("MEASURED answers to the honest client: " + answers);
  }

  private static void ask(
      SmallServer server, String path, Map<Integer, Integer> answers, AtomicBoolean over) {
    while (!over.get()) {
      try {
        HttpResponse<byte[]> answer = server.get(path);
        boolean retryAfter = answer.headers().firstValue("retry-after").isPresent();
        int status = answer.statusCode() == 503 && !retryAfter ? -503 : answer.statusCode();
        answers.merge(status, 1, Integer::sum);
        Thread.sleep(100);
      } catch (IOException e) {
        answers.merge(-1, 1, Integer::sum);
        if (!server.alive()) {
          return;
        }
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private static void unused(SmallServer server, Duration within)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    for (String budget : List.of("sending", "bodies", "queries")) {
      while (server.used(budget) != 0 && System.nanoTime() < end) {
        Thread.sleep(200);
      }
      assertThat(server.used(budget)).as(budget).isZero();
    }
  }
}
