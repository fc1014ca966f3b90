package lazaret.storage.convert;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.archive.Verification;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Snapshots;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.text.Coded;

/// The kinds of rows that a conversion copies, in its order. Views and summaries are left out: the
/// gate makes them again at the first request for their crate. The words are stored while a
/// conversion runs.
public enum RowKind implements Coded {
  /// Advisory feeds.
  FEEDS("feeds"),
  /// Results of inspections.
  FINDINGS("findings"),
  /// Index files.
  CRATES("crates"),
  /// Freshness of index files.
  FRESHNESS("freshness"),
  /// Queued requests.
  REQUESTS("requests"),
  /// The download log.
  DOWNLOADS("downloads"),
  /// Recorded verdicts.
  VERDICTS("verdicts"),
  /// Records of lockfiles.
  LOCKFILES("lockfiles"),
  /// Rows of all tables of the desk, sessions and drafts included.
  DESK("desk"),
  /// Tokens.
  TOKENS("tokens"),
  /// Crates of snapshots, those that a snapshot removed included.
  SNAPSHOT_CRATES("snapshot-crates"),
  /// Snapshots.
  SNAPSHOTS("snapshots"),
  /// Last uses of artifacts.
  USES("uses"),
  /// The evidence of removed artifacts.
  REMOVED("removed"),
  /// Artifacts.
  ARTIFACTS("artifacts"),
  /// Entries of the ledger.
  LEDGER("ledger"),
  /// Small named values, with the trust in bundles, the positions of webhooks and the served
  /// snapshot.
  VALUES("values");

  private final String code;

  RowKind(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }

  /// Streams the rows of this kind as the writes that store them, in the order of the store. The
  /// caller closes the stream.
  ///
  /// @param skipped the number of rows that are left out at the begin
  /// @throws StoreException with code `store-corrupt` if a row is damaged
  Stream<Write> rows(Store store, long skipped) {
    return switch (this) {
      case FEEDS -> writes(store.feeds().stream(), skipped, Write.PutFeed::new);
      case FINDINGS -> writes(store.allFindings(), skipped, Write.PutFindings::new);
      case CRATES -> writes(store.crates(), skipped, Write.PutCrate::new);
      case FRESHNESS -> writes(store.names(), skipped, key -> freshness(store, key));
      case REQUESTS -> writes(store.requests(), skipped, Write.PutRequest::new);
      case DOWNLOADS -> writes(store.accesses(), skipped, Write.AddDownload::new);
      case VERDICTS -> writes(store.verdicts(), skipped, Write.PutVerdict::new);
      case LOCKFILES -> writes(store.lockfiles(), skipped, Write.PutLockfile::new);
      case DESK ->
          writes(
              Stream.of(DeskTable.values()).flatMap(table -> store.deskRows().list(table, "")),
              skipped,
              Write.PutDeskRow::new);
      case TOKENS -> writes(store.tokens().stream(), skipped, Write.PutToken::new);
      case SNAPSHOT_CRATES -> {
        Snapshots snapshots = store.snapshots();
        yield writes(snapshots.rows(), skipped, row -> snapshotCrate(snapshots, row));
      }
      case SNAPSHOTS -> writes(store.snapshots().all().stream(), skipped, Write.PutSnapshot::new);
      case USES -> writes(store.artifactUses(), skipped, Write.PutUse::new);
      case REMOVED -> writes(store.removedArtifacts(), skipped, Write.PutRemoved::new);
      case ARTIFACTS ->
          writes(
              store.artifactsInPages(),
              skipped,
              cksum -> new Write.PutArtifact(artifact(store, cksum)));
      case LEDGER -> writes(store.ledger(0), skipped, entry -> new Write.Append(entry.event()));
      case VALUES ->
          writes(
              store.metaNames().filter(name -> !name.equals(MetaKey.CONVERSION.code())),
              skipped,
              name -> new Write.PutMeta(name, value(store, name)));
    };
  }

  private static <T> Stream<Write> writes(
      Stream<T> rows, long skipped, Function<? super T, ? extends Write> write) {
    return rows.skip(skipped).map(write);
  }

  private static Write freshness(Store store, String key) {
    CrateName name = CrateName.parse(key);
    return new Write.PutFreshness(
        name, store.freshness(name).orElseThrow(() -> lost("the freshness of " + key)));
  }

  private static Bytes value(Store store, String name) {
    return store.meta(name).orElseThrow(() -> lost("the value '" + name + "'"));
  }

  /// Returns a row of a snapshot. That of a removed crate has its name as the row before, because
  /// rows are read by their crate and the name as published is in them alone.
  private static Write snapshotCrate(Snapshots snapshots, Snapshots.Row row) {
    CrateName key = CrateName.parse(row.key());
    SnapshotCrate crate =
        row.gone()
            ? new SnapshotCrate(
                snapshots.crate(key, row.sequence() - 1).map(SnapshotCrate::name).orElse(key),
                List.of())
            : snapshots
                .crate(key, row.sequence())
                .orElseThrow(() -> lost("crate " + key + " of snapshot " + row.sequence()));
    return new Write.PutSnapshotCrate(row.sequence(), crate);
  }

  private static VerifiedCrate artifact(Store store, Sha256 cksum) {
    CrateId id = store.artifactId(cksum).orElseThrow(() -> lost("artifact " + cksum));
    Bytes bytes = bytes(store, id).orElseThrow(() -> lost("artifact " + cksum));
    return switch (new UnverifiedCrate(bytes).verify(id)) {
      case Verification.Match(var crate) -> crate;
      case Verification.Mismatch _ -> throw lost("the bytes of " + id);
    };
  }

  private static Optional<Bytes> bytes(Store store, CrateId id) {
    try {
      return store.artifact(id.cksum());
    } catch (StoreException e) {
      if (e.code() != ErrorCode.STORE_UNAVAILABLE) {
        throw e;
      }
      throw new StoreException(
          e.code(),
          "cannot convert the store: expected the artifact of %s %s, found: %s; if that lasts, start a server on the source, run 'vetting-cli fsck' twice, ten minutes apart, and convert again"
              .formatted(id.name(), id.version(), e.getMessage()),
          e);
    }
  }

  private static StoreException lost(String what) {
    return new StoreException(
        ErrorCode.STORE_CORRUPT,
        "cannot convert the store: expected %s, found none or a damaged one; run 'vetting-cli fsck' on the source"
            .formatted(what),
        null);
  }
}
