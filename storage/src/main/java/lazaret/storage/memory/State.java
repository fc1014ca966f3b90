package lazaret.storage.memory;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Access;
import lazaret.vetting.desk.HeldFeed;
import lazaret.vetting.desk.Request;
import lazaret.vetting.desk.Ruling;
import lazaret.vetting.desk.SeenLockfile;
import lazaret.vetting.desk.Token;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.HeldCrate;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.VerifiedCrate;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.search.CrateSummary;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;

/// One immutable state of the store.
record State(
    SortedMap<String, HeldCrate> crates,
    SortedMap<String, Freshness> freshness,
    SortedMap<String, IndexView> views,
    SortedMap<String, CrateSummary> summaries,
    SortedMap<Sha256, VerifiedCrate> artefacts,
    SortedMap<Sha256, Findings> findings,
    List<LedgerEntry> ledger,
    SortedMap<VersionKey, Request> requests,
    SortedMap<AccessKey, Access> accesses,
    SortedMap<Sha256, Token> tokens,
    SortedMap<String, Bytes> meta,
    SortedMap<String, HeldFeed> feeds,
    SortedMap<RulingKey, Ruling> rulings,
    SortedMap<Sha256, SeenLockfile> lockfiles,
    SortedMap<Long, SnapshotInfo> snapshots,
    SortedMap<String, SortedMap<Long, SnapshotCrate>> snapshotCrates) {

  static final State EMPTY =
      new State(
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          List.of(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>());

  /// A version of a crate, ordered by name and then by the version's text.
  record VersionKey(String name, String version) implements Comparable<VersionKey> {
    VersionKey(CrateName name, CrateVersion version) {
      this(name.collisionKey(), version.text());
    }

    @Override
    public int compareTo(VersionKey other) {
      int byName = name.compareTo(other.name);
      return byName != 0 ? byName : version.compareTo(other.version);
    }
  }

  /// The key of a recorded verdict: the version and the time.
  record RulingKey(VersionKey version, Instant at) implements Comparable<RulingKey> {
    RulingKey(CrateId id, Instant at) {
      this(new VersionKey(id.name(), id.version()), at);
    }

    @Override
    public int compareTo(RulingKey other) {
      int byVersion = version.compareTo(other.version);
      return byVersion != 0 ? byVersion : at.compareTo(other.at);
    }
  }

  /// The key by which counts of downloads are added up.
  record AccessKey(long day, VersionKey version, String cksum, String token, String address)
      implements Comparable<AccessKey> {
    AccessKey(Access access) {
      this(
          access.day().toEpochDay(),
          new VersionKey(access.id().name(), access.id().version()),
          access.id().cksum().hex(),
          access.token(),
          access.address());
    }

    @Override
    public int compareTo(AccessKey other) {
      int order = Long.compare(day, other.day);
      if (order == 0) {
        order = version.compareTo(other.version);
      }
      if (order == 0) {
        order = cksum.compareTo(other.cksum);
      }
      if (order == 0) {
        order = token.compareTo(other.token);
      }
      return order != 0 ? order : address.compareTo(other.address);
    }
  }
}
