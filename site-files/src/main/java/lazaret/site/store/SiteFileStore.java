package lazaret.site.store;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.Sha256;

/// A store of large files by their SHA-256. Thread-safe; blocks.
public interface SiteFileStore {
  /// The length of an upload whose length is not known before.
  long UNKNOWN_LENGTH = -1;

  /// Returns a file, or empty if it is not stored.
  ///
  /// @throws IOException if the disk fails
  Optional<SiteFile> find(Sha256 sha256) throws IOException;

  /// Begins to store a file. The caller closes the upload.
  ///
  /// @param expectedLength the length of the file, or [#UNKNOWN_LENGTH]
  /// @throws IOException if the disk fails
  SiteFileUpload begin(long expectedLength) throws IOException;

  /// Deletes a file. A missing one counts as deleted.
  ///
  /// @throws IOException if the disk fails
  void delete(Sha256 sha256) throws IOException;

  /// Deletes a file that was stored before a moment. It stays if it was stored again since.
  ///
  /// @return whether it was deleted
  /// @throws IOException if the disk fails
  default boolean deleteOlder(Sha256 sha256, Instant before) throws IOException {
    Optional<SiteFile> file = find(sha256);
    boolean old = file.isPresent() && file.get().stored().isBefore(before);
    if (old) {
      delete(sha256);
    }
    return old;
  }

  /// Removes what is left of uploads that began before a moment and never ended.
  ///
  /// @throws IOException if the disk fails
  default void dropParts(Instant before) throws IOException {}

  /// Returns the files that are stored, in ascending order.
  ///
  /// @throws IOException if the disk fails
  List<Sha256> all() throws IOException;
}
