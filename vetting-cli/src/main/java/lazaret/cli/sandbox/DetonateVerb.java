package lazaret.cli.sandbox;

import java.nio.file.Path;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.VersionArguments;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.ProcessCode;
import lazaret.cli.review.DetonationText;
import lazaret.sandbox.SandboxReport;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.crates.DetonationInfo;
import lazaret.vetting.deskapi.review.ArtifactReply;
import lazaret.vetting.deskapi.review.ArtifactRequest;
import lazaret.vetting.deskapi.review.DetonationOrderRequest;
import lazaret.vetting.progress.ProgressLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `detonate`, which builds one version in the sandbox to record what its code does.
@Command(
    name = "detonate",
    header = "Build one version alone in the sandbox and record what its code does",
    description = {
      "",
      "A withheld version is sent to its reviewer for this purpose only; its dependencies must be"
          + " served. The build is sealed, with decoy credentials in reach. The evidence contains"
          + " denied attempts, programs that ran, instructions of build scripts to cargo, files"
          + " that were written, and inputs that were read at build time. 'show', 'why' and"
          + " 'review' print it, with the difference to the nearest lower approved version that has"
          + " evidence.",
      "",
      "With --at-gate, the gate orders the same build from the sandbox service on its machine.",
      "",
      "The verdict does not change. Programs that run for a few milliseconds may be missed."
    },
    footer = {
      "Examples:",
      "  vetting-cli detonate serde@1.0.230",
      "  vetting-cli detonate serde@1.0.230 --at-gate",
      "  vetting-cli detonate serde@1.0.230 --json | jq .added"
    },
    exitCodeList = {
      "0:recorded, whether the build succeeded or failed",
      "1:hostile archive or withheld dependency; nothing was built",
      "2:no exact version",
      "3:sandbox, gate or upstream unavailable",
      "4:SHA-256 differs from the index",
      "5:no such version, or upstream has no file for it",
      "7:recorded, and the code opened a decoy, the keyring or a socket of the host"
    })
public final class DetonateVerb extends Verb {
  @Parameters(paramLabel = "NAME@VERSION", description = "One exact version.")
  String word = "";

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Folder for packages between runs. Default: ~/.cache/lazaret/sandbox.")
  @Nullable Path cache;

  @Option(
      names = "--at-gate",
      description = "Build it in the sandbox service of the gate instead of on this machine.")
  boolean atGate;

  public DetonateVerb(CliSession session) {
    super(session);
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public ProcessCode run() {
    VersionArguments.Exact exact = VersionArguments.exact(word);
    if (atGate) {
      return order(exact);
    }
    try (ProgressLine progress = session().progress("detonating " + word)) {
      return build(exact, progress);
    }
  }

  private ProcessCode order(VersionArguments.Exact exact) {
    DetonationOrderRequest order = new DetonationOrderRequest(exact.name(), exact.version());
    Reply<DetonationInfo> reply =
        awaited(
            "detonating " + word,
            "detonation",
            () -> desk().reply(ReviewOperations.ORDER_DETONATION, order));
    DetonationInfo detonation =
        DeskClient.value(reply, "cannot build %s at the gate".formatted(word));
    print(reply, detonation, exact);
    boolean grave = detonation.traces().stream().anyMatch(ViolationReport::isGrave);
    return grave ? ExitCode.VIOLATION : ExitCode.DONE;
  }

  private ProcessCode build(VersionArguments.Exact exact, ProgressLine progress) {
    progress.begin("artifact", 0, "");
    CrateArchive archive = fetch(exact);
    LocalDetonation detonation =
        new LocalDetonation(
            session(),
            cache,
            (project, made) -> {
              // A refusal is printed.
              progress.hide();
              return SandboxLockfileCheck.ofScratch(session(), project).take(made);
            },
            LocalDetonation.Watch.of(progress),
            progress.beside());
    return switch (detonation.run(archive)) {
      case LocalDetonation.Outcome.Refused(ProcessCode code) -> code;
      case LocalDetonation.Outcome.NotBuilt(_, SandboxReport report) ->
          ViolationReport.code(report, ExitCode.VIOLATION);
      case LocalDetonation.Outcome.Built(DetonationRun.Seen seen) -> {
        Reply<DetonationInfo> reply =
            desk().reply(ReviewOperations.DETONATION, LocalDetonation.evidence(archive, seen));
        DetonationInfo recorded =
            DeskClient.value(reply, "cannot record the detonation of " + word);
        progress.complete();
        progress.close();
        print(reply, recorded, exact);
        boolean grave = seen.report().violations().stream().anyMatch(ViolationReport::isGrave);
        yield grave ? ExitCode.VIOLATION : ExitCode.DONE;
      }
    };
  }

  private CrateArchive fetch(VersionArguments.Exact exact) {
    String tried = "cannot fetch %s@%s to build it".formatted(exact.name(), exact.version());
    ArtifactReply artifact =
        desk()
            .call(
                ReviewOperations.ARTIFACT,
                new ArtifactRequest(exact.name(), exact.version()),
                tried);
    Bytes bytes = artifact.crate();
    if (!Sha256.of(bytes).equals(artifact.cksum())) {
      throw new CliException(
          ErrorCode.CKSUM_MISMATCH, tried + ": the gate sent bytes that differ from the index");
    }
    return new CrateArchive(exact.name(), exact.version(), bytes);
  }

  private void print(
      Reply<DetonationInfo> reply, DetonationInfo detonation, VersionArguments.Exact exact) {
    if (session().json()) {
      terminal().json(reply.document());
    } else {
      terminal().line("%s %s".formatted(exact.name(), exact.version()));
      new DetonationText(terminal()).print(detonation, true);
    }
  }
}
