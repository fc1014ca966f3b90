package lazaret.vetting.queue;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.requests.RequestStep;
import lazaret.vetting.ledger.Decision;

/// The entries of the feed of one version. A decision has its person and reason, as in the text of
/// a refusal. A closing has neither.
///
/// @param gate a text that is different on each gate
/// @param id the version
record VersionFeedEntries(String gate, CrateId id) {
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
    return entry(OwnRequests.words(decision), decision.by(), decision.at(), decision.reason());
  }

  private AtomEntry closed(RequestStep step) {
    return entry(
        "closed", "Lazaret", step.at(), "A reviewer closed the request without a decision.");
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
