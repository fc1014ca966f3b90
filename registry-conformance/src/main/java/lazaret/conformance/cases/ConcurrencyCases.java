package lazaret.conformance.cases;

import static lazaret.conformance.cases.CaseContext.ONE;
import static lazaret.conformance.cases.CaseContext.expect;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import lazaret.conformance.archive.UploadBuilder;
import lazaret.conformance.client.RegistryJson;
import lazaret.conformance.client.RegistryResponse;

/// Group U: requests at the same time.
final class ConcurrencyCases {
  private ConcurrencyCases() {}

  static List<ConformanceCase> list() {
    return new CaseList("ours")
        .add("U1", "Of two publishes of one version one succeeds", ConcurrencyCases::same)
        .add("U2", "Two publishes of different versions succeed", ConcurrencyCases::different)
        .add("U3", "64 yanks leave a valid index", ConcurrencyCases::yanks)
        .all();
  }

  private interface Request {
    RegistryResponse send(int number);
  }

  private static List<RegistryResponse> together(int count, Request request) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<RegistryResponse>> sent = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        sent.add(threads.submit(() -> request.send(number)));
      }
      List<RegistryResponse> answers = new ArrayList<>();
      for (Future<RegistryResponse> each : sent) {
        answers.add(each.get());
      }
      return answers;
    } catch (ExecutionException e) {
      throw new CaseException("an answer to each request", String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void same(CaseContext c) {
    String name = c.published();
    List<RegistryResponse> answers =
        together(
            2,
            number ->
                c.owner()
                    .publish(new UploadBuilder(name, "1.1.0").file("n.txt", "number " + number)));
    expect(
        answers.stream().filter(RegistryResponse::isSuccess).count() == 1,
        "one success and one refusal",
        answers);
    List<String> versions = c.owner().lines(name).stream().map(each -> each.text("vers")).toList();
    expect(versions.size() == 2, "two lines", versions);
  }

  private static void different(CaseContext c) {
    String name = c.published();
    List<RegistryResponse> answers =
        together(
            2, number -> c.owner().publish(new UploadBuilder(name, "1." + (number + 1) + ".0")));
    expect(answers.stream().allMatch(RegistryResponse::isSuccess), "two successes", answers);
    List<RegistryJson> lines = c.owner().lines(name);
    expect(lines.size() == 3, "three lines", lines.size());
  }

  private static void yanks(CaseContext c) {
    String name = c.published();
    List<RegistryResponse> answers =
        together(64, number -> c.owner().yank(name, ONE, number % 2 == 0));
    expect(
        answers.stream().allMatch(each -> each.status() < 500),
        "no failure",
        IntStream.range(0, answers.size()).mapToObj(i -> answers.get(i).status()).toList());
    RegistryJson line = c.line(new UploadBuilder(name, ONE));
    expect(line.text("yanked").matches("true|false"), "a truth value", line);
  }
}
