package lazaret.vetting.queue;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.requests.RequestStep;
import lazaret.vetting.ledger.Decision;

/// The entries of the feed of one version. A decision has its person and reason if the reader has a
/// session or a token. A closing has neither.
///
/// @param gate a text that is different on each gate
/// @param id the version
/// @param named whether the reader may see the persons and the reasons of decisions
record VersionFeedEntries(String gate, CrateId id, boolean named) {
  private static final String GATE = "Lazaret";

  /// Returns the entries, the latest first.
  ///
  /// @param decisions the decisions on the version
  /// @param closings the steps that closed its request
  List<AtomEntry> of(List<Decision> decisions, List<RequestStep> closings) {
    return Stream.concat(decisions.stream().map(this::decided), closings.stream().map(this::closed))
        .sorted(Comparator.comparing(AtomEntry::updated))
        .toList()
        .reversed();
  }

  private AtomEntry decided(Decision decision) {
    String word = OwnRequests.words(decision);
    return named
        ? entry(word, decision.by(), decision.at(), decision.reason())
        : entry(word, GATE, decision.at(), "A session or a token shows the person and the reason.");
  }

  private AtomEntry closed(RequestStep step) {
    return entry("closed", GATE, step.at(), "A reviewer closed the request without a decision.");
  }

  private AtomEntry entry(String word, String author, Instant at, String text) {
    String version = id.name() + " " + id.version();
    return new AtomEntry(
        "lazaret version %s %s %s %s".formatted(gate, version, word, at),
        version + ": " + word,
        author,
        at,
        OwnRequests.page("/desk/request/", id.name(), id.version()),
        text);
  }
}
