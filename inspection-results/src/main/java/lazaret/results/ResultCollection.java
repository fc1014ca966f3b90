package lazaret.results;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lazaret.bundle.tuf.TufKey;
import lazaret.site.BundledCollection;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.site.SitePins;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;

/// The inspection results of a snapshot in bundles, as signed lines, with the revocations in force.
/// They have a signature of their own, so that they are kept before the rest of a bundle is in
/// force. Thread-safe; blocks.
public final class ResultCollection implements BundledCollection {
  private static final String KEY = "bundle/";
  private static final String REVOKED = "revoked/";

  /// The largest size of all lines, since the rows of a bundle are in heap.
  private static final long MAX_BYTES = 256L << 20;

  private static final String SEARCHING =
      "the bundle has no inspection results, because this gate searches its archives for new indicators of compromise; export again with --with results when the search has ended, which the metric lazaret_artifacts_rescanned_total shows";

  private final Store store;
  private final ResultService results;

  /// Creates the check.
  public ResultCollection(Store store, ResultService results) {
    this.store = store;
    this.results = results;
  }

  @Override
  public SiteFileCollection collection() {
    return SiteFileCollection.RESULTS;
  }

  @Override
  public List<DeskTable> tables() {
    return List.of(DeskTable.RESULTS);
  }

  @Override
  public List<DeskRow> rows(List<SiteFileRow> files, long snapshot) {
    return rows(files, snapshot, _ -> {});
  }

  @Override
  public List<DeskRow> rows(List<SiteFileRow> files, long snapshot, Consumer<String> warnings) {
    if (!results.publishes()) {
      throw new MalformedException(
          "cannot export inspection results: expected a key in 'results.sign-key', found none");
    }
    List<Bytes> lines = new ArrayList<>(results.revocations());
    signed(snapshot).ifPresentOrElse(lines::addAll, () -> warnings.accept(SEARCHING));
    long bytes = lines.stream().mapToLong(Bytes::length).sum();
    if (bytes > MAX_BYTES) {
      throw new MalformedException(
          "cannot export inspection results: expected at most %d bytes, found %d; export without"
                  .formatted(MAX_BYTES, bytes)
              + " --with results");
    }
    return rows(KEY, lines);
  }

  private static List<DeskRow> rows(String key, List<Bytes> lines) {
    List<DeskRow> rows = new ArrayList<>();
    for (Bytes line : lines) {
      rows.add(new DeskRow(DeskTable.RESULTS, key + "%08d".formatted(rows.size()), line));
    }
    return rows;
  }

  @Override
  public List<DeskRow> revocations(SitePins pins, Consumer<String> warnings) {
    return rows(REVOKED, results.revocations(keys(pins), warnings));
  }

  @Override
  public void revoked(Received received) {
    List<Bytes> lines =
        received.rows().stream()
            .filter(row -> row.key().startsWith(REVOKED))
            .map(DeskRow::value)
            .toList();
    var _ = results.takeRevocations(source(received), lines, keys(received.pins()));
  }

  /// Returns the results of the versions that a snapshot serves, or empty during a search for new
  /// indicators. Results of other crates would name private ones.
  private Optional<List<Bytes>> signed(long snapshot) {
    Set<CrateName> names = new LinkedHashSet<>();
    Set<Sha256> served = new HashSet<>();
    try (Stream<CrateId> versions = store.snapshots().versions(snapshot)) {
      versions.forEach(
          id -> {
            names.add(id.name());
            served.add(id.cksum());
          });
    }
    return results.export(names.stream().flatMap(name -> store.crate(name).stream()), served);
  }

  @Override
  public List<DeskRow> received(Received received) {
    var _ = results.take(source(received), lines(received), keys(received.pins()));
    return List.of();
  }

  @Override
  public void check(Received received) {
    results.check(source(received), lines(received), keys(received.pins()));
  }

  /// Returns the keys that the root of a bundle names.
  private static List<ResultKey> keys(SitePins pins) {
    return pins.resultKeys().stream()
        .map(pin -> new ResultKey(TufKey.of(pin.type(), pin.scheme(), pin.material()), pin.until()))
        .toList();
  }

  private static String source(Received received) {
    return "bundle:" + received.stream();
  }

  private static List<Bytes> lines(Received received) {
    List<Bytes> lines = new ArrayList<>();
    for (DeskRow row : received.rows()) {
      if (!row.key().startsWith(KEY)) {
        throw new MalformedException("cannot import inspection results: a row has another key");
      }
      lines.add(row.value());
    }
    return lines;
  }
}
