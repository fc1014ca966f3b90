package lazaret.cli.desk;

import org.jspecify.annotations.Nullable;

/// Which server is talked to, and as whom.
///
/// @param server scheme, host and port without a slash at the end: `http://127.0.0.1:7080`
/// @param token the secret; null where none was found
/// @param advice what to do where nothing answers
public record Gateway(String server, @Nullable String token, String advice) {
  /// Hides the secret.
  @Override
  public String toString() {
    return server;
  }
}
