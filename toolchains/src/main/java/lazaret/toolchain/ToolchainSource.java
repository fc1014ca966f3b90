package lazaret.toolchain;

import java.io.IOException;
import lazaret.site.store.SiteFileUpload;
import lazaret.vetting.Bytes;

/// The place from which toolchains are fetched. Nothing that it sends is trusted. Thread-safe;
/// blocks for a bounded time.
public interface ToolchainSource extends AutoCloseable {
  /// Fetches a small file.
  ///
  /// @param path the path of the file: `dist/channel-rust-stable.toml`
  /// @throws lazaret.vetting.desk.api.ProblemException `upstream-unavailable` if it cannot be
  ///   fetched, or is longer
  Bytes document(String path, int maxBytes);

  /// Fetches a large file into an upload, which the caller commits.
  ///
  /// @throws lazaret.vetting.desk.api.ProblemException `upstream-unavailable` if it cannot be
  ///   fetched
  /// @throws IOException if the upload cannot be written
  void copy(String path, SiteFileUpload upload) throws IOException;

  /// Ends all requests in progress.
  @Override
  void close();
}
