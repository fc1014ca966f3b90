package lazaret.results;

import java.util.List;
import java.util.function.Supplier;
import lazaret.bundle.trust.SiteTrust;
import lazaret.bundle.trust.StoredTrust;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.bundle.tuf.Roles;
import lazaret.vetting.Bytes;
import lazaret.vetting.gate.store.Store;

/// The keys of the trusted root whose results are used. A root may name none. Thread-safe.
final class RootResultKeys implements Supplier<List<ResultKey>> {
  private final Store store;
  private volatile Read last = new Read(Bytes.EMPTY, List.of());

  RootResultKeys(Store store) {
    this.store = store;
  }

  /// A root that was read.
  ///
  /// @param root its file; empty if there is none
  private record Read(Bytes root, List<ResultKey> keys) {}

  @Override
  public List<ResultKey> get() {
    Bytes root = new StoredTrust(store).read(Roles.ROOT).orElse(Bytes.EMPTY);
    Read known = last;
    if (!known.root().equals(root)) {
      known = new Read(root, root.length() == 0 ? List.of() : keys(root));
      last = known;
    }
    return known.keys();
  }

  private static List<ResultKey> keys(Bytes root) {
    return SiteTrust.of(MetadataReader.root(root).content()).resultKeys().stream()
        .map(key -> new ResultKey(key.key(), key.until()))
        .toList();
  }
}
