package lazaret.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import lazaret.cli.cargo.ProjectFile;
import lazaret.cli.desk.CliException;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.lockfile.Lockfile;

/// The lockfile of a workspace. Other programs, such as an editor, can write it during a check. A
/// build must use the one that was checked.
final class RunLockfile {
  /// The number of checks after which a lockfile that changes during each of them ends the command.
  static final int MOST_CHECKS = 3;

  private final Path file;
  private Bytes checked = Bytes.EMPTY;
  private boolean begun;
  private int checks;

  RunLockfile(Path file) {
    this.file = file;
  }

  boolean exists() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /// Returns the present content.
  ///
  /// @throws CliException if it cannot be read
  Bytes read() {
    try {
      return Bytes.of(ProjectFile.read(file, Lockfile.MAX_BYTES, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException e) {
      throw new CliException(ErrorCode.MALFORMED_INPUT, "cannot read " + file + ": " + e, e);
    }
  }

  /// Begins a check of the present content.
  void begin() {
    begun = true;
    checks++;
    checked = read();
  }

  /// Begins a check that makes another content, of which nothing is known yet.
  void beginNew() {
    begun = false;
  }

  /// Returns the content at the beginning of the last check.
  Bytes checked() {
    return checked;
  }

  /// Returns whether the present content is that at the beginning of the last check, or nothing is
  /// known about that.
  boolean stayed() {
    return !begun || checked.equals(read());
  }

  /// Returns why another check is necessary, in one clause, or empty if the content stayed.
  ///
  /// @throws CliException if it changed during too many checks
  Optional<String> changed() {
    if (stayed()) {
      return Optional.empty();
    }
    if (checks >= MOST_CHECKS) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot run: expected a Cargo.lock that stays the same during its check, found %d changes; end the program that writes %s, and run again"
              .formatted(checks, file));
    }
    return Optional.of("Cargo.lock changed during the check");
  }
}
