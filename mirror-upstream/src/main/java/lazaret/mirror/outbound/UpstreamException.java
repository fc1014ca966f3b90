package lazaret.mirror.outbound;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import org.jspecify.annotations.Nullable;

/// The failure to open an upstream as configured: an unsupported address, a certificate file that
/// cannot be read, a malformed proxy address. Later failures, while crates are fetched, are results
/// instead of exceptions.
public final class UpstreamException extends LazaretException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception.
  ///
  /// @param message the configured value, the expected form and the remedy; lower case, no full
  ///   stop, no credentials
  public UpstreamException(String message) {
    this(message, null);
  }

  /// Creates an exception with a cause.
  ///
  /// @param message the configured value, the expected form and the remedy; lower case, no full
  ///   stop, no credentials
  /// @param cause the original failure, or null if there is none
  public UpstreamException(String message, @Nullable Throwable cause) {
    super(ErrorCode.CONFIG_INVALID, message, cause);
  }
}
