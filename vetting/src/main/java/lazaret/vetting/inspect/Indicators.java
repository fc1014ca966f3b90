package lazaret.vetting.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.vetting.advisory.Ioc;
import lazaret.vetting.advisory.Iocs;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.source.Needles;
import lazaret.vetting.inspect.source.SourceRules;

/// What no file of a crate may be or hold: indicators of compromise as feeds name them. Immutable;
/// made once per feed, not once per crate.
public final class Indicators {
  /// No indicators.
  public static final Indicators NONE = new Indicators(Set.of(), List.of());

  private final Set<Sha256> digests;
  private final List<String> texts;
  private final Needles needles;
  private final SourceRules rules;

  private Indicators(Set<Sha256> digests, List<String> texts) {
    this.digests = Set.copyOf(digests);
    this.texts = texts.stream().distinct().toList();
    this.needles = new Needles(this.texts);
    this.rules = texts.isEmpty() ? SourceRules.WITHOUT_IOCS : new SourceRules(this.texts);
  }

  /// Takes indicators.
  ///
  /// @param digests of archives or of files in them
  /// @param texts hosts, addresses and other texts, at least five characters each; found in any
  ///   case of letters
  public static Indicators of(Set<Sha256> digests, List<String> texts) {
    return digests.isEmpty() && texts.isEmpty() ? NONE : new Indicators(digests, texts);
  }

  /// Takes the indicators of feeds.
  public static Indicators of(Iocs iocs) {
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

  /// Returns whether a digest is named.
  boolean names(Sha256 digest) {
    return digests.contains(digest);
  }

  /// Returns whether any digest is named, so that files must be hashed.
  boolean hasDigests() {
    return !digests.isEmpty();
  }

  /// Returns whether any text is named, so that files must be searched.
  boolean hasTexts() {
    return !texts.isEmpty();
  }

  SourceRules rules() {
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
    private int state = Needles.START;

    /// Searches the next piece. A host name at the very edge of a piece is taken as standing alone.
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
                    && Needles.standsAlone(bytes, Math.max(from, start), end, from, to)) {
                  found.add(texts.get(needle));
                }
              });
    }

    List<String> found() {
      return found;
    }
  }
}
