package lazaret.cli.verbs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.JsonText;
import lazaret.cli.report.Looks;
import lazaret.cli.report.Terminal;
import lazaret.vetting.Bytes;

/// A runner of the program in this process, in its own folder.
final class Cli {
  final Path folder;
  final Path home;
  final Map<String, String> environment = new HashMap<>();
  final List<Duration> pauses = new ArrayList<>();
  Runnable pausing = () -> {};
  Looks looks = Looks.PIPE;
  String typed = "";
  String user = "alice";
  String cargo = "cargo 1.96.1 (356927216 2026-06-02)";
  private final Clock clock;

  Cli(Path folder, Clock clock) {
    this.folder = folder;
    this.home = folder.resolve("home");
    this.clock = clock;
  }

  /// Returns a command line that uses a test gate with its administrator's token.
  static Cli at(Path folder, Gatehouse gate) {
    Cli cli = new Cli(folder, gate.clock);
    cli.environment.put("LAZARET_SERVER", gate.url());
    cli.environment.put("LAZARET_TOKEN", gate.secret);
    return cli;
  }

  /// Returns a command line on the machine of a test gate, which it reaches over the socket.
  static Cli beside(Path folder, Gatehouse gate) {
    Cli cli = new Cli(folder, gate.clock);
    cli.environment.put("LAZARET_SERVER_SOCKET", gate.socket(folder).toString());
    cli.environment.put("LAZARET_TOKEN", gate.secret);
    return cli;
  }

  /// The result of a run.
  record Ran(int exit, String out, String err) {
    JsonObject json() {
      return JsonText.parse(Bytes.utf8(out));
    }
  }

  Ran run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      Surroundings around =
          new Surroundings(
              new Terminal(outStream, errStream, new StringReader(typed), looks),
              environment,
              folder,
              home,
              user,
              clock,
              this::pause,
              "0.1.0",
              cargo);
      int exit = Program.run(around, words);
      return new Ran(
          exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }

  private void pause(Duration time) {
    pauses.add(time);
    pausing.run();
  }

  /// Writes a file below the folder.
  Path write(String file, String text) {
    try {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      return Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
