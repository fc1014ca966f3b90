package lazaret.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lazaret.cli.cargo.ProjectFile;
import lazaret.cli.desk.CliException;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;

/// The proof that a check of a project would give the same result again. While it holds, a run
/// needs no gate.
///
/// @param inputs the digest of all that the check depends on except time and the store
/// @param head the number of the last entry of the ledger after the check
/// @param made the time of the check
/// @param until the first moment at which time alone can change a verdict
record RunStamp(Sha256 inputs, long head, Instant made, Instant until) {
  private static final String FORM = "run 1";
  private static final int MAX_LENGTH = 1_024;
  private static final int MAX_CONFIGURATION = 1 << 20;

  /// Returns a text that changes with a toolchain that is updated in place, and with the
  /// configuration of cargo in a workspace.
  ///
  /// @param sysroot the folder of the toolchain
  /// @param workspace the folder of the lockfile
  /// @throws IOException if a file cannot be read
  static String surroundings(Path sysroot, Path workspace) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String program : List.of("bin/cargo", "bin/rustc")) {
      BasicFileAttributes found =
          Files.readAttributes(sysroot.resolve(program), BasicFileAttributes.class);
      text.append(found.size()).append(' ').append(found.lastModifiedTime()).append('\n');
    }
    for (String name : List.of(".cargo/config.toml", ".cargo/config")) {
      Path file = workspace.resolve(name);
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        Bytes content = Bytes.of(ProjectFile.read(file, MAX_CONFIGURATION));
        text.append(name).append(' ').append(Sha256.of(content).hex()).append('\n');
      }
    }
    return text.toString();
  }

  /// Returns the stamp of a file, or empty if there is none that can be read.
  static Optional<RunStamp> read(Path file) {
    try {
      if (Files.size(file) > MAX_LENGTH) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(file);
      return lines.size() == 5 && lines.getFirst().equals(FORM)
          ? Optional.of(
              new RunStamp(
                  Sha256.parse(lines.get(1)),
                  Long.parseLong(lines.get(2)),
                  Instant.parse(lines.get(3)),
                  Instant.parse(lines.get(4))))
          : Optional.empty();
    } catch (IOException | MalformedException | NumberFormatException | DateTimeException _) {
      return Optional.empty();
    }
  }

  /// Writes the stamp, or removes the file if it holds at no moment.
  void write(Path file) {
    try {
      if (until.isAfter(made)) {
        PrivateFiles.replace(
            file,
            Bytes.utf8("%s\n%s\n%d\n%s\n%s\n".formatted(FORM, inputs.hex(), head, made, until)));
      } else {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot write the stamp of this project: " + PrivateFiles.describe(e),
          e);
    }
  }

  /// Returns why the stamp does not hold, in one clause, or empty if it holds.
  ///
  /// @param present the digest of the inputs now
  /// @param last the last entry of the ledger, or a negative number if it is unknown
  /// @param now the present time
  Optional<String> broken(Sha256 present, long last, Instant now) {
    if (!inputs.equals(present)) {
      return Optional.of(
          "Cargo.lock, a manifest, .cargo/config.toml, the toolchain, the policy, the list of"
              + " --feeds or an option changed");
    }
    if (last != head) {
      return Optional.of("the store has new events");
    }
    // A clock that was set back must not prolong a verdict.
    if (now.isBefore(made) || !now.isBefore(until)) {
      return Optional.of("a verdict can have changed since " + until);
    }
    return Optional.empty();
  }
}
