package lazaret.bundle.tuf;

import java.util.Optional;
import lazaret.vetting.Bytes;

/// The store of verified metadata files, with their original bytes. One client uses it at a time.
public interface TrustStore {
  /// Returns the stored file of a role, or empty.
  ///
  /// @param role the name of the role, possibly foreign text
  Optional<Bytes> read(String role);

  /// Replaces the stored file of a role atomically.
  void write(String role, Bytes file);

  /// Removes the stored file of a role, if there is one.
  void remove(String role);
}
