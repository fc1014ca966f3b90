package lazaret.bundle.tuf;

import java.util.Optional;
import lazaret.vetting.Bytes;

/// Where metadata is kept that was verified, byte for byte as it came. Used by one client at a
/// time.
public interface TrustStore {
  /// Returns the kept file of a role, or empty.
  ///
  /// @param role a role's name, which may be foreign
  Optional<Bytes> read(String role);

  /// Replaces the kept file of a role, whole or not at all.
  void write(String role, Bytes file);

  /// Forgets the kept file of a role; nothing happens where there is none.
  void remove(String role);
}
