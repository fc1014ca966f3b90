package lazaret.cli.doctor;

import java.util.List;
import lazaret.cli.cargo.DoctorFinding;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.ServerAddress;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.upstream.CanaryCrate;
import picocli.CommandLine.Command;

/// The command `selftest`, which checks that the gate refuses the canary crate.
@Command(
    name = "selftest",
    header = "Check that the running gate blocks malware",
    description = {
      "",
      "Requests, as cargo would, a harmless crate that the built-in feed of each gate lists as"
          + " malware (lazaret-proof-of-life): its index line must be yanked and its download"
          + " refused. The request appears neither in the queue nor in the access log, so the test"
          + " may run every minute."
    },
    footer = {"Examples:", "  vetting-cli selftest", "  vetting-cli selftest --json"},
    exitCodeList = {
      "0:the gate blocks it",
      "1:the gate offers or serves it, or refuses it for another reason",
      "2:--data-dir was given, but the test needs a gate",
      "3:gate unavailable",
      "5:the gate does not have the crate: it is older than this program"
    })
public final class SelftestVerb extends Verb {
  public SelftestVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    if (session().dataDir() != null) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot test a store: expected a running gate; start one on the store, and leave out"
              + " --data-dir");
    }
    ServerAddress gateway = session().gateway();
    List<DoctorFinding> findings =
        new CanaryCheck(
                gateway.address().base(), gateway.token(), HttpProbe.of(gateway, session().trust()))
            .check();
    ExitCode exit = exitCode(findings);
    if (session().json()) {
      terminal()
          .json(
              new Selftest(
                  exit == ExitCode.DONE,
                  CanaryCrate.ID.name() + "@" + CanaryCrate.ID.version(),
                  DoctorText.documents(findings)));
    } else {
      findings.forEach(finding -> DoctorText.print(terminal(), finding));
      terminal()
          .line(
              exit == ExitCode.DONE
                  ? Cell.of(TextStyle.GOOD, "the gate at " + gateway.server() + " blocks malware")
                  : Cell.of(
                      TextStyle.BAD, "the gate at " + gateway.server() + " did not pass the test"));
    }
    return exit;
  }

  private static ExitCode exitCode(List<DoctorFinding> findings) {
    return ExitCode.gravest(
        findings.stream()
            .filter(f -> f.level() == DoctorFinding.Level.PROBLEM)
            .map(
                f ->
                    switch (f.code()) {
                      case "gate-unreachable", "gate-foreign" -> ExitCode.UNAVAILABLE;
                      case "token-rejected" -> ExitCode.USAGE;
                      case "crate-unknown" -> ExitCode.UNKNOWN;
                      default -> ExitCode.REFUSED;
                    })
            .toList());
  }

  /// The JSON of a test of the gate.
  ///
  /// @param blocks whether the gate blocks the crate
  /// @param crate the crate, as `name@version`
  /// @param findings the findings
  private record Selftest(boolean blocks, String crate, List<DoctorText.Document> findings) {}
}
