package lazaret.vetting;

import lazaret.vetting.text.Coded;

/// The stable, kebab-case code of a failure. Logs, JSON responses, metrics, exit texts and
/// `docs/errors.md` use the same word. Each front end maps codes to HTTP statuses or exit codes in
/// one table.
public enum ErrorCode implements Coded {
  /// Foreign bytes or words do not have the form they must have.
  MALFORMED_INPUT("malformed-input"),
  /// A configuration file, variable or option is wrong.
  CONFIG_INVALID("config-invalid"),
  /// The crate, version, token or package is unknown to the gate.
  UNKNOWN("unknown"),
  /// The version is known, but its bytes are not stored, and the registry that lists it does not
  /// have them.
  BYTES_MISSING("bytes-missing"),
  /// Policy refuses the request.
  REFUSED_BY_POLICY("refused-by-policy"),
  /// Bytes do not have the SHA-256 that the index, a lockfile or a decision names.
  CKSUM_MISMATCH("cksum-mismatch"),
  /// Upstream could not be reached, stalled, failed or sent a response that cannot be used.
  UPSTREAM_UNAVAILABLE("upstream-unavailable"),
  /// The gate could not be reached, is stopping or is overloaded.
  SERVER_UNAVAILABLE("server-unavailable"),
  /// The client sent more requests than a rate limit permits; it can repeat the request later.
  RATE_LIMITED("rate-limited"),
  /// The verdict is not known yet; the client can repeat the request shortly.
  VETTING_IN_PROGRESS("vetting-in-progress"),
  /// The request has no token, or an unknown or expired one.
  UNAUTHENTICATED("unauthenticated"),
  /// The scopes of the token do not permit the request.
  FORBIDDEN("forbidden"),
  /// The request names a host that is not this server (DNS rebinding, a forged `Host` header).
  WRONG_HOST("wrong-host"),
  /// The request is larger than its limit.
  TOO_LARGE("too-large"),
  /// The data folder is foreign, newer than this program, locked by another process or not private.
  STORE_UNUSABLE("store-unusable"),
  /// Reading or writing the store failed.
  STORE_FAILED("store-failed"),
  /// The disk has no space for new admissions; stored artifacts are still served.
  DISK_FULL("disk-full"),
  /// Stored bytes, views or chains do not verify.
  STORE_CORRUPT("store-corrupt"),
  /// Acknowledged writes are missing; nothing is served until a person accepts the loss.
  STORE_LOSS("store-loss"),
  /// The database or the object store did not answer. It is not known whether a write was made.
  STORE_UNAVAILABLE("store-unavailable"),
  /// Another node changed the same data again and again while this one changed it.
  STORE_CONFLICT("store-conflict"),
  /// Another node has the lease of the work, so that the writes of this one were refused.
  LEASE_LOST("lease-lost"),
  /// The node does not know the newest decisions; others may.
  NODE_BEHIND("node-behind"),
  /// This machine lacks a protection that the sandbox needs, or the gate refuses the token of the
  /// sandbox service, so the command was not run.
  SANDBOX_UNUSABLE("sandbox-unusable"),
  /// Data that verdicts rest on is older than policy permits, or a decision rests on an older state
  /// of the version than the present one.
  STALE("stale"),
  /// A defect of this program; the log has the stack trace.
  INTERNAL("internal");

  private final String code;

  ErrorCode(String code) {
    this.code = code;
  }

  /// Returns the kebab-case form, for example `cksum-mismatch`.
  @Override
  public String code() {
    return code;
  }
}
