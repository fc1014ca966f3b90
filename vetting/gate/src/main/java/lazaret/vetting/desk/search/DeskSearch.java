package lazaret.vetting.desk.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.vetting.MalformedException;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.search.CrateSearch;

/// The search in all records that have a page: crates, versions, artifacts, people, advisories. It
/// reads the store alone; upstream is not asked. Thread-safe; blocks.
public final class DeskSearch {
  /// The maximum number of results.
  public static final int MAX_HITS = 50;

  /// The least number of digits of a SHA-256.
  public static final int MIN_DIGITS = 8;

  /// The maximum length of the words, in characters.
  public static final int MAX_WORDS = 200;

  private static final int MAX_EACH = 10;
  private static final int MAX_READ = 1_000;
  private static final Pattern VERSION = Pattern.compile("([A-Za-z0-9_-]{1,64})[ @]([0-9]\\S*)");
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{" + MIN_DIGITS + ",64}");

  private final GateContext parts;
  private final Gate gate;
  private final CrateSearch names;

  public DeskSearch(GateContext parts, Gate gate, CrateSearch names) {
    this.parts = parts;
    this.gate = gate;
    this.names = names;
  }

  /// Searches.
  ///
  /// @param words a part of a name, `NAME VERSION`, `NAME@VERSION`, at least [#MIN_DIGITS] digits
  ///   of a SHA-256, or the id of an advisory; blank finds all crates
  /// @param people whether names of people are searched
  /// @throws MalformedException if the words are too long
  public DeskSearchResult find(String words, boolean people) {
    String wanted = words.strip();
    if (wanted.length() > MAX_WORDS) {
      throw new MalformedException(
          "cannot search: expected at most %d characters, found %d"
              .formatted(MAX_WORDS, wanted.length()));
    }
    List<DeskSearchResult.Version> versions = new ArrayList<>();
    version(wanted).ifPresent(versions::add);
    versions.addAll(artifacts(wanted.toLowerCase(Locale.ROOT)));
    List<String> persons = people && !wanted.isEmpty() ? people(wanted) : List.of();
    List<Advisory> advisories = wanted.isEmpty() ? List.of() : advisories(wanted);
    int rest = MAX_HITS - versions.size() - persons.size() - advisories.size();
    List<DeskSearchResult.Crate> crates = new ArrayList<>();
    long total =
        names.searchAll(
            wanted,
            rest,
            each -> crates.add(new DeskSearchResult.Crate(each.name(), each.newest())));
    return new DeskSearchResult(
        versions, withExact(wanted, crates, rest), total, persons, advisories);
  }

  private Optional<DeskSearchResult.Version> version(String words) {
    Matcher form = VERSION.matcher(words);
    if (!form.matches() || !CrateName.isValid(form.group(1))) {
      return Optional.empty();
    }
    try {
      return version(CrateName.parse(form.group(1)), CrateVersion.parse(form.group(2)));
    } catch (MalformedException _) {
      return Optional.empty();
    }
  }

  private Optional<DeskSearchResult.Version> version(CrateName name, CrateVersion version) {
    return gate.files().find(name).stream()
        .flatMap(file -> file.line(version).stream().map(line -> hit(file, line)))
        .findFirst();
  }

  private DeskSearchResult.Version hit(CrateState file, StoredLine line) {
    Sha256 cksum = line.entry().cksum();
    return new DeskSearchResult.Version(
        new CrateId(file.crate().name(), line.entry().version(), cksum),
        file.evaluate(line, gate.files().rulebook(), parts.clock().instant()),
        parts.store().hasArtifact(cksum));
  }

  /// Returns the stored artifacts whose SHA-256 begins with some digits. The store has them in
  /// ascending order.
  private List<DeskSearchResult.Version> artifacts(String digits) {
    List<DeskSearchResult.Version> found = new ArrayList<>();
    if (!DIGITS.matcher(digits).matches()) {
      return found;
    }
    if (digits.length() == 64) {
      artifact(Sha256.parse(digits)).ifPresent(found::add);
      return found;
    }
    Sha256 first = Sha256.parse(digits + "0".repeat(64 - digits.length()));
    try (Stream<Sha256> all = parts.store().artifacts(first)) {
      all.takeWhile(each -> each.hex().startsWith(digits))
          .limit(MAX_READ)
          .flatMap(each -> artifact(each).stream())
          .limit(MAX_EACH)
          .forEach(found::add);
    }
    return found;
  }

  private Optional<DeskSearchResult.Version> artifact(Sha256 cksum) {
    return parts
        .store()
        .artifactId(cksum)
        .flatMap(id -> version(id.name(), id.version()))
        .filter(each -> each.id().cksum().equals(cksum));
  }

  /// Returns names of persons who signed in and of owners of tokens.
  private List<String> people(String words) {
    String wanted = words.toLowerCase(Locale.ROOT);
    NavigableSet<String> found = new TreeSet<>();
    try (Stream<DeskRow> rows = parts.store().deskRows().list(DeskTable.PEOPLE, "")) {
      Stream.concat(rows.map(DeskRow::key), parts.store().tokens().stream().map(Token::owner))
          .filter(each -> each.toLowerCase(Locale.ROOT).contains(wanted))
          .distinct()
          .limit(MAX_EACH)
          .forEach(found::add);
    }
    return List.copyOf(found);
  }

  private List<Advisory> advisories(String words) {
    List<Advisory> found = parts.rules().current().advisories().find(words);
    return found.stream().limit(MAX_EACH).toList();
  }

  /// Puts the crate with the exact name first, which the search by name omits if it has no summary.
  private List<DeskSearchResult.Crate> withExact(
      String words, List<DeskSearchResult.Crate> found, int limit) {
    List<DeskSearchResult.Crate> crates = new ArrayList<>(found);
    if (CrateName.isValid(words)) {
      gate.files()
          .find(CrateName.parse(words))
          .map(file -> file.crate().name())
          .filter(name -> crates.stream().noneMatch(each -> each.name().equals(name)))
          .ifPresent(name -> crates.addFirst(new DeskSearchResult.Crate(name, null)));
    }
    return crates.stream().limit(limit).toList();
  }
}
