package lazaret.cli.report;

import java.util.Collection;
import java.util.List;
import lazaret.vetting.ErrorCode;

/// How a command ended, for scripts; documented in `docs/exit-codes.md`. A command ends with
/// exactly one of them. Where several would be true of different packages, the gravest is it, see
/// [#gravest].
public enum ExitCode implements ProcessCode {
  /// Done as asked, or everything asked about is well.
  DONE(0),
  /// Policy refuses: withheld, denied, or round the gate by the doctor's findings.
  REFUSED(1),
  /// The command itself is wrong: options, words, files named, token, configuration.
  USAGE(2),
  /// The gate, its store or upstream could not do it now; the same command may work later.
  UNAVAILABLE(3),
  /// A checksum or a signature does not match: look before anything else is done.
  TAMPERED(4),
  /// The gate knows no such crate, version, package or token.
  UNKNOWN(5),
  /// The answer would rest on data older than policy allows.
  STALE(6),
  /// What was run in the sandbox tried what it must not, or a limit stopped it.
  VIOLATION(7),
  /// The approval is recorded, and the version stays withheld.
  STILL_WITHHELD(8),
  /// Signed as asked, and signatures of others are missing before it counts.
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

  /// Returns the exit code that stands for an error code; the one table of both.
  public static ExitCode of(ErrorCode error) {
    return switch (error) {
      case REFUSED_BY_POLICY -> REFUSED;
      // A wrong token or host is a mistake of the call: asking again would not help.
      case MALFORMED_INPUT, CONFIG_INVALID, UNAUTHENTICATED, FORBIDDEN, WRONG_HOST, TOO_LARGE ->
          USAGE;
      case UPSTREAM_UNAVAILABLE,
          SERVER_UNAVAILABLE,
          VETTING_IN_PROGRESS,
          STORE_UNUSABLE,
          STORE_FAILED,
          SANDBOX_UNUSABLE,
          DISK_FULL,
          INTERNAL ->
          UNAVAILABLE;
      case CKSUM_MISMATCH, STORE_CORRUPT, STORE_LOSS -> TAMPERED;
      case UNKNOWN, BYTES_MISSING -> UNKNOWN;
      case STALE -> STALE;
    };
  }

  /// Returns the place of a code in the order of gravity: lower is graver.
  public static int gravity(ExitCode code) {
    int place = BY_GRAVITY.indexOf(code);
    return place < 0 ? BY_GRAVITY.size() : place;
  }

  /// Returns the gravest of several: tampered, then unavailable (the answer is not complete), then
  /// refused, unknown and stale; [#DONE] where there are none. Usage comes before all, because
  /// nothing was done then.
  public static ExitCode gravest(Collection<ExitCode> codes) {
    return BY_GRAVITY.stream().filter(codes::contains).findFirst().orElse(DONE);
  }
}
