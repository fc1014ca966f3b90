package lazaret.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import lazaret.cli.desk.CliException;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;

/// The addition of a gate to a configuration file of cargo. The file is replaced atomically. It is
/// not changed if it has a table of the addition already, because TOML permits each table only
/// once.
public final class ConfigAddition {
  /// The header of a table that the addition would define, too.
  private static final Pattern TAKEN =
      Pattern.compile(
          "(?m)^\\s*\\[\\s*(source\\s*\\.\\s*\"?crates-io\"?|registries\\s*\\.\\s*\"?lazaret\"?)\\s*\\]");

  private ConfigAddition() {}

  /// Adds a text at the end of a file. The file and its folder are created if they are missing.
  ///
  /// @return false if the file already has the text
  /// @throws CliException if the file cannot be read or written, or has one of the tables already
  public static boolean add(Path file, String text) {
    try {
      String before = content(file).orElse("");
      if (before.contains(text.strip())) {
        return false;
      }
      var taken = TAKEN.matcher(before);
      if (taken.find()) {
        throw new CliException(
            ErrorCode.CONFIG_INVALID,
            "cannot add the gate to '%s': expected no table [%s], found one; merge it by hand with the output of 'vetting-cli cargo-config'"
                .formatted(file, taken.group(1)));
      }
      var _ = Files.createDirectories(file.toAbsolutePath().getParent());
      String gap = before.isEmpty() ? "" : before.endsWith("\n") ? "\n" : "\n\n";
      PrivateFiles.replace(
          Files.exists(file) ? file.toRealPath() : file, Bytes.utf8(before + gap + text));
      return true;
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot write '%s': %s".formatted(file, PrivateFiles.describe(e)),
          e);
    }
  }

  private static Optional<String> content(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }
}
