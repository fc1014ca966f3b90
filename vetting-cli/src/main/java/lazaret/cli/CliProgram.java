package lazaret.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.GlobalOptions;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TerminalCapabilities;
import lazaret.manual.ManualProgram;
import lazaret.manual.ManualSource;
import lazaret.vetting.ProductVersion;
import picocli.CommandLine;

/// The program with all of its verbs for its manual pages.
public final class CliProgram implements ManualSource {
  /// Creates the source. [java.util.ServiceLoader] requires this constructor.
  public CliProgram() {}

  @Override
  public List<ManualProgram> programs() {
    GlobalOptions globals = new GlobalOptions();
    CommandLine line =
        VettingCli.commandLine(new CliSession(silence(), globals), globals, List.of());
    return List.of(ManualProgram.commandLine(line.getCommandSpec()));
  }

  /// Returns the environment of a program that is described and not run.
  private static CliEnvironment silence() {
    PrintStream none =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new CliEnvironment(
        new Terminal(none, none, Reader.nullReader(), TerminalCapabilities.PIPE),
        Map.of(),
        Path.of(""),
        Path.of(""),
        "",
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
        _ -> {},
        ProductVersion.of(CliProgram.class),
        "");
  }
}
