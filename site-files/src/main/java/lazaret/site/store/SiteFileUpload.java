package lazaret.site.store;

import java.io.IOException;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A file that is being stored. Its bytes are on disk and in no heap. Closing it without
/// [#commit(Sha256)] drops them. For one thread.
public interface SiteFileUpload extends AutoCloseable {
  /// Appends bytes.
  ///
  /// @throws lazaret.vetting.MalformedException if the file becomes longer than expected
  /// @throws IOException if they cannot be written
  void write(byte[] bytes, int offset, int length) throws IOException;

  /// Returns the number of bytes so far.
  long length();

  /// Stores the file. It survives a crash when this returns, and stays without a row for a day.
  ///
  /// @param expected the SHA-256 of the bytes; null if it is not known before
  /// @throws lazaret.vetting.MalformedException if the bytes have another SHA-256, or are fewer
  ///   than expected
  /// @throws IOException if it cannot be written
  SiteFile commit(@Nullable Sha256 expected) throws IOException;

  /// Drops the bytes, unless the file was stored. Closing twice is allowed.
  @Override
  void close() throws IOException;
}
