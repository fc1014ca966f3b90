package lazaret.bundle.tuf;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.Bytes;

/// A trust store in memory, for the duration of one command. Not thread-safe.
public final class InMemoryTrustStore implements TrustStore {
  private final Map<String, Bytes> files = new HashMap<>();

  /// Creates a store that contains a root.
  ///
  /// @param root a root that the caller trusts
  public InMemoryTrustStore(Bytes root) {
    files.put(Roles.ROOT, root);
  }

  @Override
  public Optional<Bytes> read(String role) {
    return Optional.ofNullable(files.get(role));
  }

  @Override
  public void write(String role, Bytes file) {
    files.put(role, file);
  }

  @Override
  public void remove(String role) {
    files.remove(role);
  }
}
