package lazaret.cli.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import lazaret.cli.desk.CliException;
import lazaret.sandbox.SandboxMode;
import lazaret.sandbox.SandboxPolicy.Writes;
import lazaret.sandbox.SandboxReport;
import lazaret.sandbox.SandboxReport.Ending;
import lazaret.sandbox.cargo.CargoCommand;
import lazaret.sandbox.watch.ProgramWatch;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.detonation.Detonation.Trace;
import lazaret.vetting.lockfile.Lockfile;

/// Builds of one version alone, which record the behavior of its code.
public final class DetonationRun {
  private DetonationRun() {}

  /// The result of such a build.
  ///
  /// @param report the report of the sandbox
  /// @param ending the end of the build in words, for the desk
  /// @param traces the observed behavior, in the form of the desk API
  public record Seen(SandboxReport report, String ending, SortedSet<Trace> traces) {}

  /// Builds the project of a version without network access.
  ///
  /// @param crate the name of the version's crate
  /// @param lockfile the lockfile of the project, all versions of which are in the cache
  /// @param target the target folder, which was empty
  /// @param err the destination of cargo's output
  /// @throws CliException if the target folder cannot be read afterwards
  public static Seen build(
      SandboxedBuild phases,
      String crate,
      PackageCache cache,
      Lockfile lockfile,
      Path target,
      OutputStream err) {
    SandboxedBuild.Command command =
        new SandboxedBuild.Command(
            CargoCommand.frozen(List.of("cargo", "build"), phases.settings()),
            SandboxMode.SEALED,
            false,
            Writes.DISCARD,
            false,
            Map.of());
    TraceCollector traces = new TraceCollector(crate);
    try (ProgramWatch watch = ProgramWatch.start()) {
      SandboxReport report = phases.build(command, cache, lockfile, err, err);
      traces.ran(watch.programs());
      traces.denied(report.violations());
      traces.left(target.resolve("debug"));
      return new Seen(report, ending(report.ending()), traces.found());
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID, "cannot read what the build left in " + target + ": " + e, e);
    }
  }

  private static String ending(Ending ending) {
    return switch (ending) {
      case Ending.Exited(int code) -> code == 0 ? "built" : "exit " + code;
      case Ending.Stopped(String limit) -> "stopped: " + limit;
    };
  }
}
