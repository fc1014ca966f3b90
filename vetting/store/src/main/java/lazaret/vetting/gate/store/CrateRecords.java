package lazaret.vetting.gate.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import org.jspecify.annotations.Nullable;

/// The stored rows of one crate, read together.
///
/// @param view the last view; null if none is stored
/// @param decisions all decisions on its versions, oldest first
/// @param findings the findings of the artifacts that its lines name
/// @param revision the revision of the rows; 0 in a store that one process has
public record CrateRecords(
    StoredCrate crate,
    Freshness freshness,
    @Nullable IndexView view,
    List<Decision> decisions,
    Map<Sha256, Findings> findings,
    long revision) {
  private static final System.Logger LOG = System.getLogger(CrateRecords.class.getName());

  /// Copies the collections.
  public CrateRecords {
    decisions = List.copyOf(decisions);
    findings = Map.copyOf(findings);
  }

  /// Reads the rows one after the other. The revision is read first, so that a change in between
  /// makes a commit fail that rests on them. A damaged row counts as missing if it can be fetched
  /// or made again, so that a new row replaces it. Decisions are never read in this way.
  ///
  /// @return empty if the crate is not stored
  public static Optional<CrateRecords> read(Store store, CrateName name) {
    long revision = store.revision(name);
    Optional<Freshness> freshness = unlessDamaged(name, () -> store.freshness(name));
    if (freshness.isEmpty()) {
      return Optional.empty();
    }
    Optional<StoredCrate> crate = unlessDamaged(name, () -> store.crate(name));
    if (crate.isEmpty()) {
      return Optional.empty();
    }
    List<Decision> decisions = store.decisions(name);
    Map<Sha256, Findings> findings = store.findingsOf(digests(crate.get()));
    IndexView view = unlessDamaged(name, () -> store.view(name)).orElse(null);
    return Optional.of(
        new CrateRecords(crate.get(), freshness.get(), view, decisions, findings, revision));
  }

  /// Returns the digests of the artifacts of a crate, in the order of its lines.
  public static List<Sha256> digests(StoredCrate crate) {
    return crate.lines().stream().map(line -> line.entry().cksum()).toList();
  }

  /// Reads findings one by one. Damaged ones are left out.
  static Map<Sha256, Findings> findings(Store store, Collection<Sha256> cksums) {
    Map<Sha256, Findings> all = new HashMap<>();
    for (Sha256 cksum : cksums) {
      unlessDamaged(cksum, () -> store.findings(cksum)).ifPresent(each -> all.put(cksum, each));
    }
    return all;
  }

  private static <T> Optional<T> unlessDamaged(Object row, Supplier<Optional<T>> read) {
    try {
      return read.get();
    } catch (StoreException e) {
      if (e.code() != ErrorCode.STORE_CORRUPT) {
        throw e;
      }
      LOG.log(
          System.Logger.Level.ERROR,
          "a stored row of {0} is damaged and is fetched or made again: {1}",
          row,
          e.getMessage());
      return Optional.empty();
    }
  }
}
