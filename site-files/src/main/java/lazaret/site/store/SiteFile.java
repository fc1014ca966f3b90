package lazaret.site.store;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import lazaret.vetting.crates.Sha256;

/// A file of a site in the store. It is never whole in heap. Thread-safe.
public interface SiteFile {
  /// Returns the SHA-256 of its bytes, which was compared when it was stored.
  Sha256 sha256();

  /// Returns its length in bytes.
  long length();

  /// Returns the time at which it was last stored, or [Instant#MAX] if that is not known.
  default Instant stored() {
    return Instant.MAX;
  }

  /// Returns the maximum heap that an open stream of it uses, in bytes.
  default int heap() {
    return 0;
  }

  /// Opens the file. The caller closes the stream.
  ///
  /// @param from the position of the first byte that is read, at most the length
  /// @throws IOException if the file cannot be read, for example because it was deleted
  InputStream open(long from) throws IOException;
}
