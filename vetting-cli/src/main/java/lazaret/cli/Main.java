package lazaret.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.report.Terminal;
import lazaret.cli.report.TerminalCapabilities;
import lazaret.credential.CredentialCommand;
import lazaret.mirror.AotCacheCheck;
import lazaret.mirror.ProgramClock;
import lazaret.vetting.ProductVersion;

/// The program `vetting-cli`.
public final class Main {
  private Main() {}

  /// Runs one command line and ends the process with its exit code.
  public static void main(String[] words) {
    // halt instead of exit: exit searches every jar for a logging provider. No work is left here.
    Runtime.getRuntime().halt(run(words));
  }

  /// Runs one command line and returns its exit code.
  static int run(String... words) {
    if (CredentialCommand.isNamed(List.of(words))) {
      // The launcher starts this command alone; here it is for other ways to start the program.
      return CredentialCommand.run(surroundings(), List.of(words));
    }
    AotCacheCheck.trouble().ifPresent(line -> System.err.println("note: " + line));
    PrintStream out =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 8_192),
            false,
            System.out.charset());
    int code = VettingCli.run(environment(out), words);
    out.flush();
    System.err.flush();
    return code;
  }

  private static CredentialCommand.Surroundings surroundings() {
    return new CredentialCommand.Surroundings(
        System.getenv(), home(), System.in, System.out, System.err, ProgramClock.ofProperty());
  }

  private static CliEnvironment environment(PrintStream out) {
    Map<String, String> environment = System.getenv();
    // bin/vetting-cli passes on which streams are terminals, because only a shell finds it out
    // cheaply.
    TerminalCapabilities looks =
        TerminalCapabilities.of(System.getProperty("lazaret.terminal", ""), environment);
    Terminal terminal =
        new Terminal(
            out, System.err, new InputStreamReader(System.in, StandardCharsets.UTF_8), looks);
    return new CliEnvironment(
        terminal,
        environment,
        Path.of("").toAbsolutePath(),
        home(),
        System.getProperty("user.name", "unknown"),
        ProgramClock.ofProperty(),
        Main::pause,
        ProductVersion.of(Main.class),
        System.getProperty("lazaret.cargo", ""));
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Returns the home folder as the server and cargo determine it: `HOME` if it is set, even if the
  /// system's list of users differs.
  private static Path home() {
    String named = System.getenv("HOME");
    return Path.of(named == null || named.isEmpty() ? System.getProperty("user.home") : named);
  }
}
