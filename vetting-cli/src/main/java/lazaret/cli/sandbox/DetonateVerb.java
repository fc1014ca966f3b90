package lazaret.cli.sandbox;

import java.nio.file.Path;
import java.util.List;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.desk.VersionArguments;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.ProcessCode;
import lazaret.cli.review.DetonationText;
import lazaret.sandbox.SandboxReport;
import lazaret.sandbox.bubblewrap.BubblewrapSandbox;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.crates.DetonationInfo;
import lazaret.vetting.deskapi.crates.TraceInfo;
import lazaret.vetting.deskapi.review.ArtifactReply;
import lazaret.vetting.deskapi.review.ArtifactRequest;
import lazaret.vetting.deskapi.review.DetonationRequest;
import lazaret.vetting.detonation.Detonation;
import lazaret.vetting.lockfile.Lockfile;
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
      "The verdict does not change. Programs that run for a few milliseconds may be missed."
    },
    footer = {
      "Examples:",
      "  vetting-cli detonate serde@1.0.230",
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

  public DetonateVerb(CliSession session) {
    super(session);
  }

  @Override
  public ProcessCode run() {
    VersionArguments.Exact exact = VersionArguments.exact(word);
    step("1/4 fetching " + word);
    CrateArchive archive = fetch(exact);
    step("2/4 resolving its dependencies");
    try (ScratchFolder scratch = ScratchFolder.make()) {
      Path project = scratch.path().resolve("project");
      DetonationRun.lay(archive, project);
      CliEnvironment around = session().around();
      Path target = scratch.path().resolve("target");
      SandboxLayout layout =
          SandboxLayout.of(
              new SandboxLayout.NamedFolder(
                  project, target, null, cache == null ? null : around.path(cache)),
              project,
              around.environment(),
              around.home());
      BubblewrapSandbox sandbox =
          BubblewrapSandbox.of(around.environment().getOrDefault("PATH", "/usr/bin:/bin"));
      SandboxedBuild phases =
          new SandboxedBuild(sandbox, OutsideEndpoint.of(session()), layout, true);
      SandboxedBuild.Resolved made = phases.resolve(scratch.path(), terminal().errors());
      if (!ViolationReport.endedWell(made.report())) {
        return ViolationReport.code(made.report(), ExitCode.VIOLATION);
      }
      return switch (SandboxLockfileCheck.ofScratch(session(), project).take(made.lockfile())) {
        case SandboxLockfileCheck.Outcome.Refused(ProcessCode code) -> code;
        case SandboxLockfileCheck.Outcome.Approved(Lockfile lockfile) ->
            detonate(archive, layout, phases, lockfile);
      };
    }
  }

  /// Prints the current step of the build on a terminal.
  private void step(String what) {
    if (terminal().looks().moves()) {
      terminal().note(what);
    }
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

  private ProcessCode detonate(
      CrateArchive archive, SandboxLayout layout, SandboxedBuild phases, Lockfile lockfile) {
    List<CrateId> closure = lockfile.crateIds();
    step("3/4 fetching %d packages".formatted(closure.size()));
    PackageCache packages = PackageCache.open(layout.cache(), session().gateway().server());
    List<String> platforms = TargetPlatforms.of(List.of(), layout.toolchain());
    SandboxReport fetched = phases.fetch(packages, closure, platforms, terminal().errors());
    if (!ViolationReport.endedWell(fetched)) {
      return ViolationReport.code(fetched, ExitCode.VIOLATION);
    }
    packages.seal(closure, layout.manner(platforms));
    step("4/4 building it alone in the sandbox");
    DetonationRun.Seen seen =
        DetonationRun.build(
            phases,
            archive.name().published(),
            packages,
            lockfile,
            layout.target(),
            terminal().errors());
    Reply<DetonationInfo> reply = record(archive, seen);
    DetonationInfo detonation =
        DeskClient.value(
            reply,
            "cannot record the detonation of %s@%s".formatted(archive.name(), archive.version()));
    if (session().json()) {
      terminal().json(reply.document());
    } else {
      terminal().line("%s %s".formatted(archive.name(), archive.version()));
      new DetonationText(terminal()).print(detonation, true);
    }
    boolean grave = seen.report().violations().stream().anyMatch(ViolationReport::isGrave);
    return grave ? ExitCode.VIOLATION : ExitCode.DONE;
  }

  private Reply<DetonationInfo> record(CrateArchive archive, DetonationRun.Seen seen) {
    return desk()
        .reply(
            ReviewOperations.DETONATION,
            new DetonationRequest(
                archive.name(),
                archive.version(),
                Sha256.of(archive.bytes()),
                seen.ending(),
                seen.traces().stream()
                    .map(trace -> new TraceInfo(kind(trace.kind()), trace.what()))
                    .toList()));
  }

  private static TraceInfo.Kind kind(Detonation.Kind kind) {
    return switch (kind) {
      case DENIED -> TraceInfo.Kind.DENIED;
      case RAN -> TraceInfo.Kind.RAN;
      case SAID -> TraceInfo.Kind.SAID;
      case READ -> TraceInfo.Kind.READ;
      case WROTE -> TraceInfo.Kind.WROTE;
    };
  }
}
