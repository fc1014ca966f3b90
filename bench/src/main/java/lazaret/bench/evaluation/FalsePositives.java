package lazaret.bench.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.testkit.SharedData.Artifact;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.inspect.SignalCode;
import lazaret.vetting.inspect.SignalWeight;

/// The findings of inspection in crates that are known to be good.
///
/// @param found findings of each artifact, in the order of the slice
record FalsePositives(Map<Artifact, Findings> found) implements PageSection {
  private static final int SHOWN = 6;

  /// The reasons why good crates have a signal that requires a review, as found by reading them.
  private static final Map<SignalCode, String> REASONS =
      Map.of(
          SignalCode.EXECUTABLE_FILE,
          "objects that cannot be read: assembler output for Windows, an object with one function",
          SignalCode.BUILD_LINKS_BINARY,
          "the same two crates link them, which is just what one incident did; kept",
          SignalCode.HIDDEN_CHARACTERS,
          "crates that handle text write joiners and marks as they are, in comments and tests",
          SignalCode.PERSISTENCE,
          "bindings to a whole system have the paths of its registry as constants",
          SignalCode.FETCH_AND_RUN,
          "an asynchronous runtime has network, processes and permissions",
          SignalCode.NETWORK_AND_ENVIRONMENT,
          "bindings to the system wrap both");

  /// Inspects the slice.
  static FalsePositives of(Shared shared) {
    Map<Artifact, Findings> found = new LinkedHashMap<>();
    for (Artifact artifact : shared.data().artifacts()) {
      Bytes bytes = artifact.read();
      found.put(artifact, Inspector.inspect(artifact.id(bytes), bytes, InspectLimits.DEFAULT));
    }
    return new FalsePositives(found);
  }

  /// Returns the outcome of each artifact.
  List<Outcome> outcomes() {
    return found.values().stream().map(Outcome::of).toList();
  }

  @Override
  public void write(MarkdownPage page) {
    page.heading(2, "False positives of inspection");
    page.paragraph(
        "The %d artifacts of the slice of the public registry, all of them good. Each signal here costs a person a review. Rules were corrected on these artifacts, so that the rates are those of a corpus that the authors knew; other artifacts will show more."
            .formatted(found.size()));
    List<List<String>> weights = new ArrayList<>();
    for (SignalWeight weight : SignalWeight.values()) {
      Set<String> names = new TreeSet<>();
      long hit =
          found.entrySet().stream()
              .filter(e -> e.getValue().heaviest().filter(weight::equals).isPresent())
              .peek(e -> names.add(e.getKey().name().published()))
              .count();
      weights.add(
          List.of(
              weight.code(),
              String.valueOf(hit),
              MarkdownPage.share(hit, found.size()),
              String.valueOf(names.size())));
    }
    page.table(List.of("heaviest signal", "artifacts", "rate", "crates"), weights);
    page.paragraph(
        "Signal by signal; signals that are not listed did not occur. Weights in full: in tests and examples most signals are"
            + " notes.");
    page.table(List.of("signal", "weight", "artifacts", "rate", "where"), codes());
    List<String> reasons = new ArrayList<>();
    for (SignalCode code : SignalCode.values()) {
      String reason = REASONS.get(code);
      if (reason != null) {
        reasons.add("`" + code + "`: " + reason);
      }
    }
    page.paragraph("Reasons why good crates need a review:");
    page.list(reasons);
  }

  private List<List<String>> codes() {
    Map<String, Map<String, String>> reasons = new TreeMap<>();
    Map<String, Set<Artifact>> artifacts = new TreeMap<>();
    found.forEach(
        (artifact, findings) -> {
          for (Signal signal : findings.signals()) {
            String key = signal.weight().code() + " " + signal.code();
            artifacts.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(artifact);
            reasons
                .computeIfAbsent(key, _ -> new TreeMap<>())
                .putIfAbsent(artifact.name().published(), reason(signal));
          }
        });
    List<List<String>> rows = new ArrayList<>();
    for (SignalWeight weight : SignalWeight.values()) {
      for (SignalCode code : SignalCode.values()) {
        String key = weight.code() + " " + code;
        Set<Artifact> hit = artifacts.get(key);
        if (hit != null) {
          rows.addFirst(
              List.of(
                  "`" + code + "`",
                  weight.code(),
                  String.valueOf(hit.size()),
                  MarkdownPage.share(hit.size(), found.size()),
                  examples(reasons.getOrDefault(key, Map.of()), weight)));
        }
      }
    }
    return rows;
  }

  private static String examples(Map<String, String> byCrate, SignalWeight weight) {
    if (weight == SignalWeight.NOTE) {
      return byCrate.size() + " crates";
    }
    String shown =
        byCrate.entrySet().stream()
            .limit(SHOWN)
            .map(e -> e.getKey() + ": " + e.getValue())
            .reduce((a, b) -> a + "; " + b)
            .orElse("");
    return byCrate.size() > SHOWN ? shown + "; and " + (byCrate.size() - SHOWN) + " more" : shown;
  }

  private static String reason(Signal signal) {
    String excerpt = signal.excerpt().replace('`', '\'');
    String cut = excerpt.length() > 60 ? excerpt.substring(0, 60) + "…" : excerpt;
    return signal.location() + (cut.isEmpty() ? "" : " `" + cut + "`");
  }
}
