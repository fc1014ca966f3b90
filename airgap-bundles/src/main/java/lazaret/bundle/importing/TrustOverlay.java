package lazaret.bundle.importing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.TrustStore;
import lazaret.vetting.Bytes;

/// A trust store that keeps its writes in memory over another store, which stays unchanged. Not
/// thread-safe.
final class TrustOverlay implements TrustStore {
  private final TrustStore below;
  private final boolean rootOnly;
  private final Map<String, Bytes> files = new HashMap<>();

  /// Creates an overlay.
  ///
  /// @param rootOnly whether only the root of the underlying store is visible, so that older
  ///   metadata verifies too
  TrustOverlay(TrustStore below, boolean rootOnly) {
    this.below = below;
    this.rootOnly = rootOnly;
  }

  @Override
  public Optional<Bytes> read(String role) {
    Bytes file = files.get(role);
    if (file != null) {
      return Optional.of(file).filter(f -> f.length() > 0);
    }
    return rootOnly && !role.equals(Roles.ROOT) ? Optional.empty() : below.read(role);
  }

  @Override
  public void write(String role, Bytes file) {
    files.put(role, file);
  }

  @Override
  public void remove(String role) {
    files.put(role, Bytes.EMPTY);
  }
}
