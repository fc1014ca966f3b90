package lazaret.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lazaret.testkit.SharedData;
import lazaret.testkit.SharedData.Artefact;
import lazaret.vetting.Bytes;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.InspectLimits;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.inspect.SignalCode;
import lazaret.vetting.inspect.SignalWeight;

/// Inspects every artefact of the shared slice, hashing included, as an admission does. A program
/// of its own, so that its heap can be bounded.
final class InspectRun {
  private static final int THREADS = 2;
  private static final int MAX_EXAMPLES = 6;

  private InspectRun() {}

  /// One inspected artefact.
  private record Inspected(Artefact artefact, Findings findings) {}

  /// Prints the artefacts inspected in a second, in each round; or the table of signals.
  ///
  /// @param arguments `signals`, or the number of rounds
  /// @throws InterruptedException if it is asked to stop
  /// @throws ExecutionException if an inspection threw, which is a bug
  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    List<Artefact> artefacts = SharedData.find().orElseThrow().artefacts();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      if (arguments[0].equals("signals")) {
        System.out.print(table(inspect(artefacts, threads)));
        return;
      }
      for (int round = Integer.parseInt(arguments[0]); round > 0; round--) {
        long start = System.nanoTime();
        int count = inspect(artefacts, threads).size();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "%.0f%n", count / seconds);
      }
    }
  }

  private static List<Inspected> inspect(List<Artefact> artefacts, ExecutorService threads)
      throws InterruptedException, ExecutionException {
    List<Future<Inspected>> running = new ArrayList<>();
    for (Artefact artefact : artefacts) {
      running.add(threads.submit(() -> inspect(artefact)));
    }
    List<Inspected> all = new ArrayList<>();
    for (Future<Inspected> one : running) {
      all.add(one.get());
    }
    return all;
  }

  private static Inspected inspect(Artefact artefact) {
    Bytes bytes = artefact.read();
    return new Inspected(
        artefact, Inspector.inspect(artefact.id(bytes), bytes, InspectLimits.DEFAULT));
  }

  /// Returns, in Markdown, how many artefacts show each signal at its weight, and which.
  private static String table(List<Inspected> all) {
    Map<SignalCode, Map<SignalWeight, TreeSet<String>>> shown = new EnumMap<>(SignalCode.class);
    for (Inspected one : all) {
      for (Signal signal : one.findings().signals()) {
        shown
            .computeIfAbsent(signal.code(), _ -> new EnumMap<>(SignalWeight.class))
            .computeIfAbsent(signal.weight(), _ -> new TreeSet<>())
            .add(one.artefact().name() + "-" + one.artefact().version());
      }
    }
    var out = new StringBuilder("| signal | weight | artefacts | rate | which |\n|-|-|-|-|-|\n");
    for (SignalCode code : SignalCode.values()) {
      Map<SignalWeight, TreeSet<String>> weights = shown.getOrDefault(code, Map.of());
      if (weights.isEmpty()) {
        out.append("| `%s` | %s | 0 | 0 %% | |%n".formatted(code, code.weight().word()));
      }
      weights.forEach((weight, names) -> out.append(row(code, weight, names, all.size())));
    }
    return out.toString();
  }

  private static String row(
      SignalCode code, SignalWeight weight, SortedSet<String> names, int all) {
    String which = String.join(", ", names.stream().limit(MAX_EXAMPLES).toList());
    String more = names.size() > MAX_EXAMPLES ? ", ..." : "";
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %d | %.1f %% | %s%s |%n",
        code,
        weight.word(),
        names.size(),
        100.0 * names.size() / all,
        which,
        more);
  }
}
