package lazaret.cli.report;

import java.util.Collection;
import java.util.List;
import lazaret.vetting.ErrorCode;

/// The exit codes of commands, documented in `docs/exit-codes.md`. A command ends with exactly one
/// of them. If several apply to different packages, it is the most severe one; see [#gravest].
public enum ExitCode implements ProcessCode {
  /// Success, or no problem was found.
  DONE(0),
  /// A refusal by policy: a withheld or denied version, or requests that bypass the gate, found by
  /// the doctor.
  REFUSED(1),
  /// An error in the command: options, words, named files, token or configuration.
  USAGE(2),
  /// The gate, its store or upstream is not available now; the same command may work later.
  UNAVAILABLE(3),
  /// A checksum or signature does not match. A person must investigate before any other step.
  TAMPERED(4),
  /// The crate, version, package or token is unknown to the gate.
  UNKNOWN(5),
  /// The data for the result is older than the policy permits.
  STALE(6),
  /// A version that was built alone attempted a forbidden action, or was stopped by a limit.
  VIOLATION(7),
  /// The approval is recorded, but the version is still withheld.
  STILL_WITHHELD(8),
  /// The signature was made, but signatures of other officers are still required.
  UNSIGNED(9);

  private static final List<ExitCode> BY_GRAVITY =
      List.of(USAGE, TAMPERED, UNAVAILABLE, REFUSED, UNKNOWN, STALE);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }

  /// Returns the exit code of an error code. This is the only table of both.
  public static ExitCode of(ErrorCode error) {
    return switch (error) {
      case REFUSED_BY_POLICY -> REFUSED;
      // A wrong token or host is an error of the command: another attempt would not help.
      case MALFORMED_INPUT, CONFIG_INVALID, UNAUTHENTICATED, FORBIDDEN, WRONG_HOST, TOO_LARGE ->
          USAGE;
      case UPSTREAM_UNAVAILABLE,
          SERVER_UNAVAILABLE,
          RATE_LIMITED,
          VETTING_IN_PROGRESS,
          STORE_UNUSABLE,
          STORE_FAILED,
          STORE_UNAVAILABLE,
          STORE_CONFLICT,
          LEASE_LOST,
          NODE_BEHIND,
          SANDBOX_UNUSABLE,
          DISK_FULL,
          INTERNAL ->
          UNAVAILABLE;
      case CKSUM_MISMATCH, STORE_CORRUPT, STORE_LOSS -> TAMPERED;
      case UNKNOWN, BYTES_MISSING -> UNKNOWN;
      case STALE -> STALE;
    };
  }

  /// Returns the position of a code in the order of severity. A lower number is more severe.
  public static int gravity(ExitCode code) {
    int place = BY_GRAVITY.indexOf(code);
    return place < 0 ? BY_GRAVITY.size() : place;
  }

  /// Returns the most severe of several codes, or [#DONE] if there are none. The order is usage,
  /// tampered, unavailable, refused, unknown and stale. Usage is first because the command did
  /// nothing then. Unavailable comes before refused because the result is incomplete.
  public static ExitCode gravest(Collection<ExitCode> codes) {
    return BY_GRAVITY.stream().filter(codes::contains).findFirst().orElse(DONE);
  }
}
