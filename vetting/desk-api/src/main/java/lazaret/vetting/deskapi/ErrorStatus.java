package lazaret.vetting.deskapi;

import lazaret.vetting.ErrorCode;

/// The HTTP status of each error code.
public final class ErrorStatus {
  private ErrorStatus() {}

  /// Returns the status of a code.
  public static int of(ErrorCode code) {
    return switch (code) {
      case MALFORMED_INPUT -> 400;
      case UNAUTHENTICATED -> 401;
      case REFUSED_BY_POLICY, FORBIDDEN -> 403;
      case UNKNOWN, BYTES_MISSING -> 404;
      // The request has the right form; what it names differs from the stored data.
      case CKSUM_MISMATCH, STALE -> 409;
      case TOO_LARGE -> 413;
      case WRONG_HOST -> 421;
      case RATE_LIMITED -> 429;
      case CONFIG_INVALID, STORE_FAILED, STORE_CORRUPT, SANDBOX_UNUSABLE, INTERNAL -> 500;
      case UPSTREAM_UNAVAILABLE,
          SERVER_UNAVAILABLE,
          VETTING_IN_PROGRESS,
          STORE_UNUSABLE,
          STORE_LOSS,
          STORE_UNAVAILABLE,
          STORE_CONFLICT,
          LEASE_LOST,
          NODE_BEHIND ->
          503;
      case DISK_FULL -> 507;
    };
  }
}
