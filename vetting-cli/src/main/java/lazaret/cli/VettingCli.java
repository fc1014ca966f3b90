package lazaret.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import lazaret.bundle.BundleRefusalAdvice;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.GlobalOptions;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ProcessCode;
import lazaret.cli.report.TerminalCapabilities;
import lazaret.sandbox.SandboxException;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.client.DeskException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/// The program with all its verbs.
public final class VettingCli {
  private static final int WIDEST_HELP = 100;

  private VettingCli() {}

  /// Runs one command line.
  ///
  /// @return the exit code of the process, see [ExitCode]
  public static int run(CliEnvironment around, String... words) {
    // Otherwise Picocli searches for Groovy, and the search for a missing class opens every jar.
    System.setProperty("picocli.disable.closures", "true");
    GlobalOptions globals = new GlobalOptions();
    try (CliSession session = new CliSession(around, globals)) {
      FormerCommandNames.Renamed renamed =
          FormerCommandNames.replaced(globals.spec(), List.of(words));
      CommandLine line = commandLine(session, globals, renamed.words());
      renamed.notes().forEach(session.terminal()::note);
      return executed(session, line, renamed.words());
    }
  }

  /// Runs the command line. The package for all systems has no database, which only verbs on a
  /// store of this machine need.
  private static int executed(CliSession session, CommandLine line, List<String> words) {
    try {
      return line.execute(words.toArray(String[]::new));
    } catch (NoClassDefFoundError e) {
      if (!text(e).startsWith("org/rocksdb/")) {
        throw e;
      }
      return report(
          session,
          ErrorCode.STORE_UNUSABLE,
          "cannot open the store: expected the database library, found a package without it; run"
              + " this on the machine of the gate, or ask its server with --server URL",
          List.of(),
          List.of());
    }
  }

  /// Returns the command line with the verbs that are named by the words, or with all verbs if none
  /// is named.
  static CommandLine commandLine(CliSession session, GlobalOptions globals, List<String> words) {
    CommandLine line = new CommandLine(globals.spec());
    CliVerbs.of(words).addTo(line, session);
    line.getCommandSpec().version("vetting-cli " + session.around().version());
    settle(line, session);
    return line;
  }

  private static void settle(CommandLine line, CliSession session) {
    headings(line);
    line.getSubcommands().values().forEach(VettingCli::silence);
    line.setOut(session.terminal().out());
    line.setErr(session.terminal().err());
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            session.terminal().looks().color()
                ? CommandLine.Help.Ansi.ON
                : CommandLine.Help.Ansi.OFF));
    TerminalCapabilities looks = session.terminal().looks();
    line.setUsageHelpWidth(looks.fits() ? Math.clamp(looks.width(), 60, WIDEST_HELP) : WIDEST_HELP);
    line.setUsageHelpLongOptionsMaxWidth(24);
    // Picocli's own converter uses reflection, for which the JDK creates a class.
    line.registerConverter(Path.class, Path::of);
    line.setExpandAtFiles(false);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(
        (e, _) -> {
          session.failing(verb(e.getCommandLine()));
          return misused(session, e);
        });
    line.setExecutionExceptionHandler(
        (e, at, _) -> {
          session.failing(verb(at));
          return failed(session, e);
        });
  }

  private static @Nullable Verb verb(CommandLine line) {
    return line.getCommandSpec().userObject() instanceof Verb verb ? verb : null;
  }

  private static void headings(CommandLine line) {
    for (CommandLine verb : line.getSubcommands().values()) {
      verb.getCommandSpec()
          .usageMessage()
          .synopsisHeading("%nUsage: ")
          .parameterListHeading("%nArguments:%n")
          .optionListHeading("%nOptions:%n")
          .commandListHeading("%nVerbs:%n")
          .exitCodeListHeading("%nExit codes:%n")
          .footerHeading("%n");
      headings(verb);
    }
  }

  /// Hides the options without effect on a verb from its help. They are still accepted after the
  /// verb, as they are before it.
  private static void silence(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    if (spec.userObject() instanceof Verb verb) {
      for (String name : GlobalOptions.unused(verb)) {
        OptionSpec option = spec.findOption(name);
        spec.remove(option)
            .addOption(OptionSpec.builder(option).scopeType(ScopeType.LOCAL).hidden(true).build());
      }
    }
    line.getSubcommands().values().forEach(VettingCli::silence);
  }

  private static int misused(CliSession session, ParameterException e) {
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    List<String> lacking = spec.userObject() instanceof Verb verb ? verb.lacking() : List.of();
    Collection<String> verbs =
        spec.parent() == null ? CliVerbs.known(spec) : spec.subcommands().keySet();
    UsageMessage misuse = UsageMessage.of(e, lacking, verbs);
    List<String> more = new ArrayList<>(misuse.guess());
    more.add("help: " + spec.qualifiedName() + " --help");
    return report(session, ErrorCode.MALFORMED_INPUT, misuse.message(), more, List.of());
  }

  private static int failed(CliSession session, Exception e) {
    return switch (e) {
      case CliException known -> refused(session, known, known.problems());
      case DeskException known -> refused(session, known, known.problems());
      case LazaretException known ->
          report(
              session,
              known.code(),
              text(known),
              advice(session, known.code(), text(known)),
              List.of());
      case SandboxException known -> {
        ErrorCode code =
            known.kind() == SandboxException.Kind.REFUSED
                ? ErrorCode.CONFIG_INVALID
                : ErrorCode.SANDBOX_UNUSABLE;
        yield report(session, code, text(known), List.of(), List.of());
      }
      case ParameterException misuse -> misused(session, misuse);
      default -> {
        System.getLogger(VettingCli.class.getName())
            .log(System.Logger.Level.ERROR, "internal error in vetting-cli", e);
        yield report(
            session,
            ErrorCode.INTERNAL,
            "internal error in vetting-cli: " + e,
            List.of("please report it, with the trace above"),
            List.of());
      }
    };
  }

  private static int refused(CliSession session, LazaretException known, List<Problem> problems) {
    List<String> more = new ArrayList<>();
    problems.stream().skip(1).limit(20).map(Problem::sentence).forEach(more::add);
    if (problems.size() > 21) {
      more.add("and %d more; --json lists all".formatted(problems.size() - 21));
    }
    more.addAll(advice(session, known.code(), problems.getFirst().detail()));
    return report(session, known.code(), text(known), more, problems);
  }

  private static int report(
      CliSession session,
      ErrorCode code,
      String message,
      List<String> more,
      List<Problem> problems) {
    session.terminal().error(message, more);
    ProcessCode exit = session.failure(code);
    if (session.json()) {
      List<Problem> all = problems.isEmpty() ? List.of(new Problem(code, message)) : problems;
      session
          .terminal()
          .json(new Failure(all.stream().map(VettingCli::plain).toList(), exit.code()));
    }
    return exit.code();
  }

  /// Returns a problem without a verdict, which `why --json` prints in a document of its own.
  private static Problem plain(Problem problem) {
    return new Problem(problem.code(), problem.detail(), problem.name(), problem.version(), null);
  }

  /// The JSON of a failed command.
  ///
  /// @param errors the problems, at least one, most severe first
  /// @param exitCode the exit code of the process
  private record Failure(List<Problem> errors, int exitCode) {}

  /// Returns the next steps. A refused bundle has a code of its own, which is more specific than
  /// the error code.
  private static List<String> advice(CliSession session, ErrorCode code, String detail) {
    if (code == ErrorCode.UNAUTHENTICATED) {
      return session.tokenAdvice();
    }
    return BundleRefusalAdvice.of(detail)
        .or(() -> Optional.ofNullable(adviceOrNull(code)))
        .map(List::of)
        .orElse(List.of());
  }

  private static @Nullable String adviceOrNull(ErrorCode code) {
    return switch (code) {
      case FORBIDDEN ->
          "use a token with that role; an administrator creates one with 'vetting-cli token create"
              + " NAME --role ROLE'";
      case WRONG_HOST -> "use the address that the gate has as public-url";
      case UPSTREAM_UNAVAILABLE, VETTING_IN_PROGRESS ->
          "the gate cannot reach upstream now; stored crates are still served; try again later";
      case RATE_LIMITED ->
          "wait for the time that the message names; an administrator can raise the limits of"
              + " [limits]";
      case CKSUM_MISMATCH ->
          "the lockfile, the index or the bytes were changed: find out who changed them before you"
              + " build";
      case UNKNOWN -> "check the spelling; 'vetting-cli show NAME' lists the versions";
      case BYTES_MISSING -> "'vetting-cli why NAME@VERSION' shows why the bytes are missing";
      case DISK_FULL -> "free space on the server's disk; stored crates are still served";
      case STORE_LOSS -> "see docs/operating.md, 'The server reports a loss'";
      case STORE_UNAVAILABLE ->
          "before you repeat a change, look with 'vetting-cli log' whether it is recorded";
      case MALFORMED_INPUT,
          UNAUTHENTICATED,
          CONFIG_INVALID,
          REFUSED_BY_POLICY,
          SERVER_UNAVAILABLE,
          TOO_LARGE,
          STORE_UNUSABLE,
          SANDBOX_UNUSABLE,
          STORE_FAILED,
          STORE_CORRUPT,
          STORE_CONFLICT,
          LEASE_LOST,
          NODE_BEHIND,
          STALE,
          INTERNAL ->
          null;
    };
  }

  private static String text(Throwable e) {
    String message = e.getMessage();
    return message == null ? "no reason was given" : message;
  }
}
