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
import lazaret.vetting.desk.ProofOfLife;
import picocli.CommandLine.Command;

@Command(
    name = "selftest",
    header = "Does the running gate really block malware?",
    description = {
      "",
      "Asks the gate, as cargo would, for a harmless crate of our own that every gate's built-in feed"
          + " calls malware (lazaret-proof-of-life): its index line must be yanked and its download"
          + " refused. Leaves nothing in the queue and the access log, so it may run every minute."
    },
    footer = {"Examples:", "  vetting-cli selftest", "  vetting-cli selftest --json"},
    exitCodeList = {
      "0:the gate blocks it",
      "1:the gate offers it, hands it out, or refuses it for another reason",
      "2:--data-dir was given: a store alone blocks nothing",
      "3:no gate answers",
      "5:the gate does not know the crate: it is older than this program"
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
          "cannot test a store: start a gate on it, and leave out --data-dir");
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
                  .put("crate", ProofOfLife.ID.name() + "@" + ProofOfLife.ID.version())
                  .list("findings", findings, Findings::document)
                  .build());
    } else {
      findings.forEach(finding -> Findings.print(terminal(), finding));
      terminal()
          .line(
              exit == ExitCode.DONE
                  ? Cell.of(Style.GOOD, "the gate at " + gateway.server() + " blocks malware")
                  : Cell.of(Style.BAD, "the gate at " + gateway.server() + " did not pass"));
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
