package lazaret.e2e.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The command `vetting-cli login` of a person on the machine of a gate. It waits until the person
/// answers.
///
/// @param process the command
/// @param code the code that it printed
public record LoginProcess(Process process, String code) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String COMPARE = "compare ";
  private static final Pattern SECRET = Pattern.compile("lzr_[0-9a-f]{64}");

  /// Begins a login.
  ///
  /// @param home the home folder of the person
  /// @throws AssertionError if the command prints no code; the message contains its output
  public static LoginProcess start(GateProcess gate, Path home, String role) {
    try {
      Process process =
          CliProcess.beside(gate).env("HOME", home.toString()).start("login", "--role", role);
      BufferedReader err = process.errorReader();
      List<String> lines = new ArrayList<>();
      for (String line = err.readLine(); line != null; line = err.readLine()) {
        if (line.startsWith(COMPARE)) {
          return new LoginProcess(process, line.substring(COMPARE.length()));
        }
        lines.add(line);
      }
      throw new AssertionError("the login printed no code: " + lines);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a login", e);
    }
  }

  /// Waits for the end of the command.
  ///
  /// @throws AssertionError if the person is not signed in
  public void finish() {
    try {
      if (!process.waitFor(PATIENCE) || process.exitValue() != 0) {
        throw new AssertionError("the login failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// Returns the file with the token of a person.
  public static Path file(Path home) {
    return home.resolve(".config/lazaret/credentials.toml");
  }

  /// Returns the token of a person who signed in at one gate.
  public static String secret(Path home) {
    try {
      Matcher found = SECRET.matcher(Files.readString(file(home)));
      if (!found.find()) {
        throw new AssertionError("there is no token in " + file(home));
      }
      return found.group();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
