package lazaret.storage.postgres;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.Sha256;

/// The bytes of artifacts outside of the database. Each upload has a row of the table `object`,
/// which the batch that stores the artifact makes live. Thread-safe; blocks.
public interface ArtifactObjects extends AutoCloseable {
  /// Uploads artifacts and compares what the object store has then. A row in the state `begun` is
  /// committed before each upload. It is not called while a connection is lent.
  ///
  /// @return the generation of each upload, by digest
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-failed` or
  ///   `store-unavailable` if one is not stored
  Map<Sha256, Long> upload(Collection<VerifiedCrate> crates);

  /// Returns the bytes of a stored artifact, whose SHA-256 was compared, or empty if there is no
  /// row of it.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-unavailable` if the object
  ///   store does not give them
  Optional<Bytes> read(Sha256 cksum);

  /// Returns whether artifacts are taken: false for some seconds after an upload failed.
  boolean admits();

  @Override
  void close();
}
