package lazaret.vetting.gate.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import org.jspecify.annotations.Nullable;

/// The refusals of the last day, by request and by version. At most [#MAX_REQUESTS] requests and
/// [#MAX_VERSIONS] versions are kept; the oldest are dropped first. They are in memory, so that a
/// restart loses them. Nodes that share a store also write some of them, because the request about
/// a refusal may reach another node. Thread-safe.
public final class RecentRefusals {
  /// The maximum number of requests.
  public static final int MAX_REQUESTS = 20_000;

  /// The maximum number of versions.
  public static final int MAX_VERSIONS = 5_000;

  private static final Duration KEPT = Duration.ofDays(1);

  /// The most refusals that one call of [#flush] writes. Those of a flood are in memory alone.
  private static final int MOST_WRITTEN = 20;

  private final Store store;
  private final boolean shared;

  // guarded by this
  private final SequencedMap<String, RefusedDownload> byRequest = new LinkedHashMap<>();
  // guarded by this
  private final SequencedMap<String, RefusedDownload> byVersion = new LinkedHashMap<>();
  // guarded by this
  private final List<RefusedDownload> unwritten = new ArrayList<>();

  /// Creates an empty register.
  ///
  /// @param store has the refusals of other nodes, if there are any
  public RecentRefusals(Store store) {
    this.store = store;
    this.shared = store.shared().isPresent();
  }

  /// Records a refusal. An earlier one of the same request or version is replaced.
  public synchronized void add(RefusedDownload refused) {
    put(byRequest, refused.request(), refused, MAX_REQUESTS);
    put(byVersion, key(refused.id().name(), refused.id().version()), refused, MAX_VERSIONS);
    if (shared && unwritten.size() < MOST_WRITTEN && isKey(refused.request())) {
      unwritten.add(refused);
    }
  }

  private static void put(
      SequencedMap<String, RefusedDownload> map, String key, RefusedDownload refused, int most) {
    map.remove(key);
    map.put(key, refused);
    if (map.size() > most) {
      Map.Entry<String, RefusedDownload> _ = map.pollFirstEntry();
    }
  }

  /// Returns the refusal of a request, on any node, or empty if there was none in the last day or
  /// it was dropped.
  public Optional<RefusedDownload> ofRequest(String request, Instant now) {
    RefusedDownload own;
    synchronized (this) {
      own = byRequest.get(request);
    }
    return own != null || !shared || !isKey(request)
        ? recent(own, now)
        : store
            .deskRows()
            .find(DeskTable.REFUSALS, request)
            .map(value -> decode(request, value))
            .filter(found -> isRecent(found, now));
  }

  /// Returns whether an id can be the key of a row. A client may have chosen it.
  private static boolean isKey(String request) {
    return !request.isEmpty()
        && request.length() <= DeskRow.MAX_KEY
        && request.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /// Returns the last refusal of a version on this node, or empty if there was none in the last day
  /// or it was dropped.
  public synchronized Optional<RefusedDownload> ofVersion(
      CrateName name, CrateVersion version, Instant now) {
    return recent(byVersion.get(key(name, version)), now);
  }

  private static Optional<RefusedDownload> recent(@Nullable RefusedDownload refused, Instant now) {
    return Optional.ofNullable(refused).filter(found -> isRecent(found, now));
  }

  private static boolean isRecent(RefusedDownload refused, Instant now) {
    return now.isBefore(refused.at().plus(KEPT));
  }

  private static String key(CrateName name, CrateVersion version) {
    return name.collisionKey() + ' ' + version.text();
  }

  /// Writes the refusals since the last call, so that other nodes find them. A node calls it each
  /// second.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException if the store fails; they are not written
  ///   then
  public void flush() {
    List<Batch.Write> writes = new ArrayList<>();
    synchronized (this) {
      for (RefusedDownload each : unwritten) {
        writes.add(
            new Batch.Write.PutDeskRow(
                new DeskRow(DeskTable.REFUSALS, each.request(), encode(each))));
      }
      unwritten.clear();
    }
    if (!writes.isEmpty()) {
      var _ = store.commit(Batch.relaxed(writes));
    }
  }

  /// Removes the written refusals that are older than a day, and the oldest above [#MAX_REQUESTS].
  public void sweep(Instant now) {
    List<RefusedDownload> all = new ArrayList<>();
    try (Stream<DeskRow> rows = store.deskRows().list(DeskTable.REFUSALS, "")) {
      rows.forEach(row -> all.add(decode(row.key(), row.value())));
    }
    all.sort((a, b) -> b.at().compareTo(a.at()));
    List<Batch.Write> writes = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (i >= MAX_REQUESTS || !isRecent(all.get(i), now)) {
        writes.add(new Batch.Write.DropDeskRow(DeskTable.REFUSALS, all.get(i).request()));
      }
    }
    if (!writes.isEmpty()) {
      var _ = store.commit(Batch.relaxed(writes));
    }
  }

  private static Bytes encode(RefusedDownload refused) {
    CrateId id = refused.id();
    return Bytes.utf8(
        "%s %s %s %s"
            .formatted(id.name().published(), id.version().text(), id.cksum().hex(), refused.at()));
  }

  private static RefusedDownload decode(String request, Bytes value) {
    String[] words = value.text().split(" ", -1);
    return new RefusedDownload(
        request,
        new CrateId(
            CrateName.parse(words[0]), CrateVersion.parse(words[1]), Sha256.parse(words[2])),
        Instant.parse(words[3]));
  }
}
