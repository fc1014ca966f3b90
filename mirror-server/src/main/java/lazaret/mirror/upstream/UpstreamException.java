package lazaret.mirror.upstream;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import org.jspecify.annotations.Nullable;

/// An upstream that cannot be opened as it is configured: a place that is neither an address nor a
/// folder, a certificate file that cannot be read, a proxy that is no address. What goes wrong
/// later, while crates are fetched, is an answer and not an exception.
public final class UpstreamException extends LazaretException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception.
  ///
  /// @param message what was configured, what was expected and what to do; lower case, no full
  ///   stop, no credentials
  public UpstreamException(String message) {
    this(message, null);
  }

  /// Creates an exception over the failure underneath.
  ///
  /// @param message what was configured, what was expected and what to do; lower case, no full
  ///   stop, no credentials
  /// @param cause the failure underneath, or null where there is none
  public UpstreamException(String message, @Nullable Throwable cause) {
    super(ErrorCode.CONFIG_INVALID, message, cause);
  }
}
