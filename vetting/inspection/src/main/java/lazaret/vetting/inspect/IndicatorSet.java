package lazaret.vetting.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.literal.AhoCorasick;
import lazaret.vetting.inspect.source.ScanRules;

/// The indicators of compromise that feeds name, prepared for the search in files. Immutable;
/// created once per feed, not once per crate.
public final class IndicatorSet {
  /// An empty set of indicators.
  public static final IndicatorSet NONE = new IndicatorSet(Set.of(), List.of());

  private final Set<Sha256> digests;
  private final List<String> texts;
  private final AhoCorasick needles;
  private final ScanRules rules;
  private final Sha256 digest;

  private IndicatorSet(Set<Sha256> digests, List<String> texts) {
    this.digests = Set.copyOf(digests);
    this.texts = texts.stream().distinct().toList();
    this.needles = new AhoCorasick(this.texts);
    this.rules = texts.isEmpty() ? ScanRules.WITHOUT_IOCS : new ScanRules(this.texts);
    this.digest = digest(this.digests, this.texts);
  }

  private static Sha256 digest(Set<Sha256> digests, List<String> texts) {
    StringBuilder form = new StringBuilder();
    digests.stream().sorted().forEach(each -> form.append(each.hex()).append('\n'));
    texts.stream()
        .sorted()
        .forEach(each -> form.append(each.length()).append(' ').append(each).append('\n'));
    return Sha256.of(Bytes.utf8(form.toString()));
  }

  /// Returns the SHA-256 of these indicators. Equal indicators have the same, in any order.
  public Sha256 digest() {
    return digest;
  }

  /// Returns whether there are no indicators.
  public boolean isEmpty() {
    return digests.isEmpty() && texts.isEmpty();
  }

  /// Creates indicators from digests and texts.
  ///
  /// @param digests the SHA-256 of archives or of files in them
  /// @param texts hosts, addresses and other texts of at least five characters; found regardless of
  ///   case
  public static IndicatorSet of(Set<Sha256> digests, List<String> texts) {
    return digests.isEmpty() && texts.isEmpty() ? NONE : new IndicatorSet(digests, texts);
  }

  /// Creates indicators from those of the feeds.
  public static IndicatorSet of(Iocs iocs) {
    Set<Sha256> digests =
        iocs.of(Ioc.Kind.SHA256)
            .map(Ioc::value)
            .filter(Sha256::isValid)
            .map(Sha256::parse)
            .collect(Collectors.toSet());
    List<String> texts =
        iocs.all().stream().filter(i -> i.kind() != Ioc.Kind.SHA256).map(Ioc::value).toList();
    return of(digests, texts);
  }

  /// Returns whether a digest is an indicator.
  boolean names(Sha256 digest) {
    return digests.contains(digest);
  }

  /// Returns whether there are digests, so that files must be hashed.
  boolean hasDigests() {
    return !digests.isEmpty();
  }

  /// Returns whether there are texts, so that files must be searched.
  boolean hasTexts() {
    return !texts.isEmpty();
  }

  ScanRules rules() {
    return rules;
  }

  /// Starts the search of one file.
  Search search() {
    return new Search();
  }

  /// The search of one file, piece by piece. Not thread-safe.
  final class Search {
    private static final int MAX_FOUND = 4;

    private final List<String> found = new ArrayList<>();
    private int state = AhoCorasick.START;

    /// Searches the next piece. A host name at the edge of a piece counts as a complete name.
    void piece(byte[] bytes, int from, int to) {
      state =
          needles.search(
              bytes,
              from,
              to,
              state,
              (needle, start, end) -> {
                if (found.size() < MAX_FOUND
                    && !found.contains(texts.get(needle))
                    && AhoCorasick.standsAlone(bytes, Math.max(from, start), end, from, to)) {
                  found.add(texts.get(needle));
                }
              });
    }

    List<String> found() {
      return found;
    }
  }
}
