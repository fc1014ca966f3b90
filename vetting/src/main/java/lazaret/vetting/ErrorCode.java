package lazaret.vetting;

/// The stable, kebab-case code of a failure: the same word in logs, JSON answers, metrics, exit
/// texts and `docs/errors.md`. Front ends map codes to HTTP statuses and exit codes in one table
/// each.
public enum ErrorCode {
  /// Foreign bytes or words that do not have the form they must have.
  MALFORMED_INPUT("malformed-input"),
  /// A configuration file, variable or option is wrong.
  CONFIG_INVALID("config-invalid"),
  /// The gate knows no such crate, version, token or package.
  UNKNOWN("unknown"),
  /// The version is known, but its bytes are not held, and who lists it has none.
  BYTES_MISSING("bytes-missing"),
  /// Policy refuses what was asked.
  REFUSED_BY_POLICY("refused-by-policy"),
  /// Bytes do not have the SHA-256 that the index, a lockfile or a decision names.
  CKSUM_MISMATCH("cksum-mismatch"),
  /// Upstream could not be reached, stalled, failed or sent an answer that cannot be used.
  UPSTREAM_UNAVAILABLE("upstream-unavailable"),
  /// The gate could not be reached, is stopping or is overloaded.
  SERVER_UNAVAILABLE("server-unavailable"),
  /// A verdict is being worked out; ask again shortly.
  VETTING_IN_PROGRESS("vetting-in-progress"),
  /// No token, an unknown token or an expired one.
  UNAUTHENTICATED("unauthenticated"),
  /// The token's scopes do not reach this far.
  FORBIDDEN("forbidden"),
  /// The request names a host that is not this server (DNS rebinding, a forged Host).
  WRONG_HOST("wrong-host"),
  /// A request larger than its limit.
  TOO_LARGE("too-large"),
  /// The data folder is foreign, newer than this program, held by another process or not private.
  STORE_UNUSABLE("store-unusable"),
  /// Reading or writing the store failed.
  STORE_FAILED("store-failed"),
  /// No room is left for new admissions; what is held is still served.
  DISK_FULL("disk-full"),
  /// Stored bytes, views or chains do not verify.
  STORE_CORRUPT("store-corrupt"),
  /// Acknowledged writes are missing; nothing is served until a person accepts the loss.
  STORE_LOSS("store-loss"),
  /// This machine cannot run a command behind every barrier of the sandbox, so it was not run.
  SANDBOX_UNUSABLE("sandbox-unusable"),
  /// Data that verdicts rest on is older than policy allows.
  STALE("stale"),
  /// A defect of ours; the log has the trace.
  INTERNAL("internal");

  private final String code;

  ErrorCode(String code) {
    this.code = code;
  }

  /// Returns the kebab-case form, for example `cksum-mismatch`.
  public String code() {
    return code;
  }
}
