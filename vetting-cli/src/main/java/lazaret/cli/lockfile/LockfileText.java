package lazaret.cli.lockfile;

import java.nio.file.Path;
import lazaret.cli.command.CliSession;
import lazaret.cli.desk.CliException;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.lockfile.Lockfile;

/// The text of a lockfile.
///
/// @param file the lockfile as the user named it; `-` for standard input
/// @param text the text
record LockfileText(Path file, String text) {
  /// Reads a lockfile.
  ///
  /// @throws CliException if it cannot be read
  static LockfileText read(CliSession session, Path file) {
    return new LockfileText(file, CheckedLockfile.text(session, file));
  }

  /// Returns the name in reports.
  String name() {
    return CheckedLockfile.shown(file).toString();
  }

  /// Returns the lockfile.
  ///
  /// @param attempt the purpose for the message of a failure: `cannot verify`
  /// @throws CliException if it is malformed
  Lockfile parse(String attempt) {
    try {
      return Lockfile.parse(Bytes.utf8(text));
    } catch (MalformedException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT, "%s %s: %s".formatted(attempt, name(), e.getMessage()), e);
    }
  }
}
