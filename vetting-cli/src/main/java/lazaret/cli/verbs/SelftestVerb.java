package lazaret.cli.verbs;

import java.util.List;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.Gateway;
import lazaret.cli.doctor.BlockCheck;
import lazaret.cli.doctor.Finding;
import lazaret.cli.doctor.HttpProbe;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Style;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.upstream.CanaryCrate;
import picocli.CommandLine.Command;

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
final class SelftestVerb extends Verb {
  SelftestVerb(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    if (session().dataDir() != null) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot test a store: expected a running gate; start one on the store, and leave out"
              + " --data-dir");
    }
    Gateway gateway = session().gateway();
    List<Finding> findings =
        new BlockCheck(
                gateway.address().base(), gateway.token(), HttpProbe.of(gateway, session().trust()))
            .check();
    ExitCode exit = exitCode(findings);
    if (session().json()) {
      terminal()
          .json(
              JsonObject.builder()
                  .put("blocks", exit == ExitCode.DONE)
                  .put("crate", CanaryCrate.ID.name() + "@" + CanaryCrate.ID.version())
                  .list("findings", findings, Findings::document)
                  .build());
    } else {
      findings.forEach(finding -> Findings.print(terminal(), finding));
      terminal()
          .line(
              exit == ExitCode.DONE
                  ? Cell.of(Style.GOOD, "the gate at " + gateway.server() + " blocks malware")
                  : Cell.of(
                      Style.BAD, "the gate at " + gateway.server() + " did not pass the test"));
    }
    return exit;
  }

  private static ExitCode exitCode(List<Finding> findings) {
    return ExitCode.gravest(
        findings.stream()
            .filter(f -> f.level() == Finding.Level.PROBLEM)
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
}
