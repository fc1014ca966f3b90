package lazaret.cli.sandbox;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.command.CliSession;
import lazaret.cli.report.ProcessCode;
import lazaret.detonation.DetonationProject;
import lazaret.detonation.DocumentationMetadata;
import lazaret.sandbox.SandboxReport;
import lazaret.sandbox.bubblewrap.BubblewrapSandbox;
import lazaret.sandbox.cargo.CargoBuildWatch;
import lazaret.sandbox.cargo.TargetPlatforms;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.crates.TraceInfo;
import lazaret.vetting.deskapi.review.DetonationRequest;
import lazaret.vetting.detonation.Detonation;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.progress.ProgressLine;
import org.jspecify.annotations.Nullable;

/// A detonation on this machine, from the artifact to the observed behavior.
///
/// @param session the session with the gate that has the dependencies
/// @param cache the package cache; null for that of the user
/// @param check the check of the lockfile before its packages are fetched
/// @param watch receives each phase
/// @param err the destination of cargo's output
public record LocalDetonation(
    CliSession session, @Nullable Path cache, LockfileCheck check, Watch watch, OutputStream err) {
  /// Receives the phases of a detonation.
  public interface Watch {
    /// Begins a phase, as [ProgressLine#begin] does.
    void begin(String phase, long total, String unit);

    /// Counts one completed step of the phase.
    default void step() {}

    /// Returns a watch that shows a progress.
    static Watch of(ProgressLine progress) {
      return new Watch() {
        @Override
        public void begin(String phase, long total, String unit) {
          progress.begin(phase, total, unit);
        }

        @Override
        public void step() {
          progress.step();
        }
      };
    }
  }

  /// A check of the lockfile that cargo made.
  public interface LockfileCheck {
    /// Accepts a lockfile, or refuses it.
    ///
    /// @param project the project, which receives the lockfile
    /// @param made the present path of the lockfile
    SandboxLockfileCheck.Outcome take(Path project, Path made);
  }

  /// The end of a detonation.
  public sealed interface Outcome {
    /// The version was built, successfully or not.
    record Built(DetonationRun.Seen seen) implements Outcome {}

    /// The lockfile was refused.
    record Refused(ProcessCode code) implements Outcome {}

    /// A run before the build failed.
    ///
    /// @param what the purpose of the run
    record NotBuilt(String what, SandboxReport report) implements Outcome {}
  }

  /// The build of a version whose packages were fetched.
  public interface Build {
    /// Builds the version.
    ///
    /// @param watching receives cargo's output, and counts the crates
    DetonationRun.Seen run(
        SandboxedBuild phases, PackageCache packages, Lockfile lockfile, CargoBuildWatch watching);
  }

  /// Builds a version.
  Outcome run(CrateArchive archive) {
    return run(
        archive,
        DocumentationMetadata.NONE,
        (phases, packages, lockfile, watching) ->
            DetonationRun.build(
                phases, archive.name().published(), packages, lockfile, phases.target(), watching));
  }

  /// Builds a version in a way of the caller.
  ///
  /// @param metadata the features of the version, and the platform for which packages are fetched
  public Outcome run(CrateArchive archive, DocumentationMetadata metadata, Build build) {
    watch.begin("resolution", 0, "");
    try (ScratchFolder scratch = ScratchFolder.make()) {
      Path project = scratch.path().resolve("project");
      DetonationProject.lay(archive, project, metadata);
      CliEnvironment around = session.around();
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
          new SandboxedBuild(sandbox, OutsideEndpoint.of(session), layout, true);
      SandboxedBuild.Resolved made = phases.resolve(scratch.path(), err);
      if (!ViolationReport.endedWell(made.report())) {
        return new Outcome.NotBuilt("resolve its dependencies", made.report());
      }
      return switch (check.take(project, made.lockfile())) {
        case SandboxLockfileCheck.Outcome.Refused(ProcessCode code) -> new Outcome.Refused(code);
        case SandboxLockfileCheck.Outcome.Approved(Lockfile lockfile) ->
            build(build, new Prepared(layout, platforms(layout, metadata)), phases, lockfile);
      };
    }
  }

  /// A project that was resolved.
  ///
  /// @param platforms the platforms for which packages are fetched
  private record Prepared(SandboxLayout layout, List<String> platforms) {}

  private static List<String> platforms(SandboxLayout layout, DocumentationMetadata metadata) {
    List<String> target =
        metadata
            .target(layout.toolchain().sysroot())
            .map(name -> List.of("cargo", "doc", "--target", name))
            .orElse(List.of());
    return TargetPlatforms.of(target, layout.toolchain());
  }

  private Outcome build(Build build, Prepared project, SandboxedBuild phases, Lockfile lockfile) {
    List<CrateId> closure = lockfile.crateIds();
    watch.begin("packages", 0, "");
    SandboxLayout layout = project.layout();
    List<String> platforms = project.platforms();
    PackageCache packages = PackageCache.open(layout.cache(), session.gateway().server());
    SandboxReport fetched = phases.fetch(packages, closure, platforms, err);
    if (!ViolationReport.endedWell(fetched)) {
      return new Outcome.NotBuilt("fetch its dependencies", fetched);
    }
    packages.seal(closure, layout.manner(platforms));
    // The dependencies, the version itself as a path, and the project that depends on it.
    watch.begin("build", closure.size() + 2, "crates");
    return new Outcome.Built(
        build.run(phases, packages, lockfile, new CargoBuildWatch(err, watch::step)));
  }

  /// Returns the request that records the behavior at the desk.
  public static DetonationRequest evidence(CrateArchive archive, DetonationRun.Seen seen) {
    return new DetonationRequest(
        archive.name(),
        archive.version(),
        Sha256.of(archive.bytes()),
        seen.ending(),
        seen.traces().stream()
            .map(trace -> new TraceInfo(kind(trace.kind()), trace.what()))
            .toList());
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
