package lazaret.vetting.gate.serving;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;

/// A failure because data is not stored and upstream is unavailable.
public final class UpstreamUnavailableException extends LazaretException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception.
  ///
  /// @param why the reason in one clause for a person
  public UpstreamUnavailableException(String why) {
    super(ErrorCode.UPSTREAM_UNAVAILABLE, why, null);
  }
}
