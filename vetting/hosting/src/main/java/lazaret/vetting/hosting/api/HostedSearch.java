package lazaret.vetting.hosting.api;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.hosting.names.StoredNameOrigins;
import lazaret.vetting.hosting.record.HostedName;
import lazaret.vetting.hosting.record.Publication;
import lazaret.vetting.hosting.record.PublicationCodec;
import lazaret.vetting.hosting.record.PublicationRows;
import lazaret.vetting.hosting.record.PublicationState;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.VersionDecisions;
import lazaret.vetting.search.CrateSummary;
import lazaret.vetting.snapshot.SnapshotLine;
import org.jspecify.annotations.Nullable;

/// The search for private crates by parts of their names. The names are compared in heap; the rows
/// of the found ones alone are read. Thread-safe; blocks.
public final class HostedSearch {
  private static final int MAX_WORDS = 8;

  /// The version of a crate of which none is served, as crates.io has it.
  private static final String NO_VERSION = "0.0.0";

  private final Store store;
  private final PublicationRows rows;
  private final StoredNameOrigins origins;

  /// Creates the search.
  ///
  /// @param origins knows all private names of the store
  public HostedSearch(Store store, StoredNameOrigins origins) {
    this.store = store;
    this.origins = origins;
    this.rows = new PublicationRows(store);
  }

  /// A found crate.
  ///
  /// @param hosted its name
  /// @param newest the newest version that is served, or `0.0.0`
  /// @param description the description of that version; null if there is none
  public record Hit(HostedName hosted, String newest, @Nullable String description) {
    /// Returns the name.
    public CrateName name() {
      return hosted.name();
    }
  }

  /// The first found crates, by name.
  ///
  /// @param hits the crates
  /// @param total the number of all found crates
  public record Found(List<Hit> hits, long total) {
    /// Copies the list.
    public Found {
      hits = List.copyOf(hits);
    }
  }

  /// Finds the crates whose names contain all words; all crates if there are none.
  ///
  /// @param most the maximum number of hits
  public Found find(String words, int most) {
    return find(words, most, "");
  }

  /// Finds a part of the crates whose names contain all words.
  ///
  /// @param after the collision key after which the part begins; empty for the first part
  public Found find(String words, int most, String after) {
    List<String> wanted =
        Arrays.stream(words.toLowerCase(Locale.ROOT).replace('-', '_').split("\\s+", -1))
            .filter(word -> !word.isEmpty())
            .limit(MAX_WORDS)
            .toList();
    List<String> keys = origins.keys(key -> wanted.stream().allMatch(key::contains));
    List<Hit> hits =
        keys.stream()
            .filter(key -> key.compareTo(after) > 0)
            .flatMap(key -> store.deskRows().find(DeskTable.NAMES, key).stream())
            .limit(most)
            .map(PublicationCodec::decodeName)
            .map(this::hit)
            .toList();
    return new Found(hits, keys.size());
  }

  /// Describes a crate by the newest version that is served. Texts of a version that is not served
  /// yet are not shown, and the rows of the other versions are not read.
  private Hit hit(HostedName hosted) {
    Publication newest = newest(hosted).orElse(null);
    return newest == null
        ? new Hit(hosted, NO_VERSION, null)
        : new Hit(hosted, newest.version().text(), newest.metadata().description());
  }

  /// Returns the newest version that is served by the last verdicts. Without a summary, as in a
  /// snapshot, it is the newest one that is neither held here nor yanked nor denied.
  private Optional<Publication> newest(HostedName hosted) {
    CrateName name = hosted.name();
    Optional<CrateSummary> summary = store.summary(name);
    if (summary.isPresent()) {
      return Optional.ofNullable(summary.get().newest())
          .map(version -> Publication.key(name, version))
          .flatMap(key -> store.deskRows().find(DeskTable.PUBLICATIONS, key))
          .map(PublicationCodec::decode);
    }
    Map<String, VersionDecisions> decided = VersionDecisions.byVersion(store.decisions(name));
    return versions(name).stream()
        .filter(
            each ->
                each.state() == PublicationState.LIVE
                    || (each.state() == PublicationState.HELD && !hosted.isHere()))
        .filter(each -> !isDenied(decided.get(each.version().text())))
        .max(Comparator.comparing(Publication::version));
  }

  private static boolean isDenied(@Nullable VersionDecisions decided) {
    Decision latest = decided == null ? null : decided.latest();
    return latest != null && !latest.kind().serves();
  }

  /// Returns the publications of a crate, in the order of their index file. In a served snapshot
  /// they are those of its allowed versions. The store also has the rows of versions that a later
  /// bundle withdrew, since an earlier snapshot can be served again.
  List<Publication> versions(CrateName name) {
    List<Publication> stored = rows.versions(name);
    long head = store.snapshots().head();
    if (head == 0) {
      return stored;
    }
    Map<CrateId, IndexEntry> allowed = new HashMap<>();
    store.snapshots().crate(name, head).stream()
        .flatMap(crate -> crate.lines().stream())
        .filter(line -> line.statement().allows())
        .map(SnapshotLine::entry)
        .forEach(entry -> allowed.put(entry.id(), entry));
    return stored.stream()
        .flatMap(
            each ->
                Optional.ofNullable(allowed.get(each.id())).stream()
                    .map(line -> yankedAs(each, line)))
        .toList();
  }

  /// Returns a publication as yanked as its index line is.
  private static Publication yankedAs(Publication each, IndexEntry line) {
    if (line.yanked() == (each.state() == PublicationState.YANKED)) {
      return each;
    }
    PublicationState released =
        each.reason() == null ? PublicationState.LIVE : PublicationState.HELD;
    return each.in(line.yanked() ? PublicationState.YANKED : released, each.reason());
  }
}
