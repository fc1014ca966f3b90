package lazaret.cli.review;

import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.crates.BlastRadiusInfo;
import lazaret.vetting.deskapi.crates.BlastRadiusRequest;
import lazaret.vetting.deskapi.crates.HolderInfo;
import lazaret.vetting.deskapi.crates.LockfileHolderInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The command `who`, which lists the clients or lockfiles that have a version.
@Command(
    name = "who",
    header = "List the clients and lockfiles that have a version",
    description = {
      "",
      "Lockfiles are those that verify, prefetch, approve, closure and review sent to the gate,"
          + " with the SHA-256 of their text; 'sha256sum Cargo.lock' finds the project."
    },
    footer = {"Examples:", "  vetting-cli who arrayref@0.3.10"},
    exitCodeList = {
      "0:success, even if no client has it",
      "2:no exact version",
      "3:gate unavailable"
    })
public final class WhoVerb extends DeskVerb<BlastRadiusRequest, BlastRadiusInfo> {
  @Parameters(paramLabel = "NAME@VERSION", description = "One exact version.")
  String spec = "";

  public WhoVerb(CliSession session) {
    super(session);
  }

  @Override
  protected Operation<BlastRadiusRequest, BlastRadiusInfo> operation() {
    return CrateOperations.BLAST_RADIUS;
  }

  @Override
  protected BlastRadiusRequest request() {
    CrateSpec wanted = CrateSpec.parse(spec);
    CrateVersion version = wanted.version();
    if (version == null) {
      throw new MalformedException(
          "expected NAME@VERSION with a full version, found '" + spec + "'");
    }
    return new BlastRadiusRequest(wanted.name(), version, null);
  }

  @Override
  protected String attempt() {
    return "cannot list the clients that have " + spec;
  }

  @Override
  protected void print(BlastRadiusInfo radius) {
    if (radius.holders().isEmpty()) {
      terminal().line("no client has it");
    }
    TextTable table = new TextTable("TOKEN", "ADDRESS", "FIRST", "LAST", "TIMES");
    for (HolderInfo holder : radius.holders()) {
      table.row(
          Cell.of(TextStyle.STRONG, holder.token()),
          Cell.of(holder.address()),
          Cell.of(holder.first()),
          Cell.of(holder.last()),
          Cell.of(holder.count()));
    }
    terminal().table(table);
    if (radius.more() > 0) {
      terminal().line("and " + radius.more() + " more");
    }
    lockfiles(radius.lockfiles());
  }

  private void lockfiles(List<LockfileHolderInfo> lockfiles) {
    TextTable table = new TextTable("LOCKFILE", "SHA-256", "TOKEN", "ADDRESS", "FIRST", "LAST");
    for (LockfileHolderInfo lockfile : lockfiles) {
      table.row(
          Cell.of(TextStyle.STRONG, lockfile.name()),
          Cell.of(lockfile.sha256()),
          Cell.of(lockfile.token()),
          Cell.of(lockfile.address()),
          Cell.of(Timestamps.minute(lockfile.first())),
          Cell.of(Timestamps.minute(lockfile.last())));
    }
    terminal().table(table);
  }
}
