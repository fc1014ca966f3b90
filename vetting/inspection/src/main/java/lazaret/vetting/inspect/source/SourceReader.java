package lazaret.vetting.inspect.source;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.Deadline;
import lazaret.vetting.inspect.particular.Particular;
import lazaret.vetting.inspect.rust.MinHashSketch;
import lazaret.vetting.inspect.rust.RustLexer;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.trust.CrateTrust;

/// A reader of the sources of one crate, one after the other. It uses the memory for the tokens
/// again for each source. Not thread-safe.
public final class SourceReader {
  private final ScanRules rules;
  private final Deadline deadline;
  private final OccurrenceBudget budget;
  private final RustTokens tokens = new RustTokens();
  private final RustTokens examples = new RustTokens();
  private Optional<BitSet> regions = Optional.empty();
  private byte[] hidden = {};
  private boolean reaches = true;

  SourceReader(ScanRules rules, Deadline deadline, OccurrenceBudget budget) {
    this.rules = rules;
    this.deadline = deadline;
    this.budget = budget;
  }

  /// Returns the time at which to stop.
  public Deadline deadline() {
    return deadline;
  }

  /// Sets whether a dependency of the crate reaches the network; the default is true.
  public void reaches(boolean network) {
    reaches = network;
  }

  /// Reads a source.
  ///
  /// @param path the path of the source, below the crate's folder
  /// @param bytes an array that begins with the source, borrowed during the call
  /// @param length the length of the source in bytes
  /// @param renames the crate for each name that the manifest uses for a dependency
  /// @param fingerprint whether the tokens are hashed
  public SourceFacts source(
      String path, byte[] bytes, int length, Map<String, String> renames, boolean fingerprint) {
    regions = Optional.empty();
    List<SourceFacts> all = new ArrayList<>(1);
    RustLexer.readings(
        bytes,
        length,
        Vocabulary.PATHS.words(),
        ScanRules.MAX_TOKENS,
        tokens,
        () ->
            all.add(
                new RustScan(rules, path, tokens, renames)
                    .reaching(reaches)
                    .keeping(budget)
                    .facts(fingerprint, deadline)));
    return all.stream().reduce(SourceFacts::or).orElseThrow();
  }

  /// Returns whether a byte of the last source is under `#[cfg(test)]`.
  public boolean test(int position) {
    if (regions.isEmpty()) {
      regions = Optional.of(TestRegions.tests(tokens));
    }
    return regions.orElseThrow().get(position);
  }

  /// Reads the hidden lines of the examples in the documentation of a source.
  ///
  /// @param bytes an array that begins with the source, borrowed during the call
  /// @param length the length of the source in bytes
  /// @param markdown whether the source is a text that may be documentation as a whole
  public SourceFacts.Shown hiddenExamples(byte[] bytes, int length, boolean markdown) {
    byte[] lines = DocExampleLines.hidden(bytes, length, markdown);
    hidden = lines;
    if (lines.length == 0) {
      return SourceFacts.Shown.NOTHING;
    }
    RustLexer.read(lines, lines.length, Vocabulary.PATHS.words(), ScanRules.MAX_TOKENS, examples);
    return new RustScan(rules, "", examples, Map.of()).facts(false, deadline).code();
  }

  /// Finds a name in the last source that looks like another one because of its letters.
  public Optional<ConfusableIdentifiers.Found> lookAlikeName() {
    return ConfusableIdentifiers.find(tokens);
  }

  /// Returns the hidden lines of the last source that contain calls.
  ///
  /// @param path the path of the source, below the crate's folder
  public List<Particular> hiddenCalls(String path) {
    return DocExampleLines.calls(path, hidden);
  }

  /// Adds the statements of the last source.
  public void addStatements(MinHashSketch.Builder sketch) {
    sketch.add(tokens);
  }

  /// Adds the last source to the checks of the crate as a whole.
  public void addTo(CrateTrust trust, String path) {
    trust.add(path, tokens, this::test);
  }

  /// Reads a file that a source pulls in as data. Hidden texts in it count like those of the
  /// source.
  ///
  /// @param bytes an array that begins with the file, borrowed during the call
  /// @param length the length of the file in bytes
  public SourceFacts data(byte[] bytes, int length) {
    return new DataScan(rules, bytes, length, budget).facts();
  }
}
