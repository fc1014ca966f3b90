package lazaret.cli.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import lazaret.cli.desk.CliException;
import lazaret.sandbox.SandboxMode;
import lazaret.sandbox.SandboxPolicy.Writes;
import lazaret.sandbox.SandboxReport;
import lazaret.sandbox.SandboxReport.Ending;
import lazaret.sandbox.cargo.CargoCommand;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.Detonation.Trace;
import lazaret.vetting.inspect.CrateArchive;

/// Builds one version alone and gathers what its code did.
public final class Detonating {
  private Detonating() {}

  /// What was seen.
  ///
  /// @param report how the build ended
  /// @param ending the same in words for the desk
  /// @param traces as the desk files them
  public record Seen(SandboxReport report, String ending, SortedSet<Trace> traces) {}

  /// Lays a project around a version.
  ///
  /// @param archive of the version; its SHA-256 was compared
  /// @param project an empty folder
  /// @throws CliException if the archive is hostile
  public static void lay(CrateArchive archive, Path project) {
    Subject.lay(archive, project);
  }

  /// Builds the project around a version, sealed.
  ///
  /// @param crate the name of the version's crate
  /// @param closure of the project's lockfile, all in the cache
  /// @param target the target folder, which was empty
  /// @param err where cargo's words go
  public static Seen build(
      Phases phases,
      String crate,
      PackageCache cache,
      Collection<CrateId> closure,
      Path target,
      OutputStream err) {
    Phases.Command command =
        new Phases.Command(
            CargoCommand.frozen(List.of("cargo", "build"), Phases.settings()),
            SandboxMode.SEALED,
            false,
            Writes.DISCARD,
            false,
            Map.of());
    Traces traces = new Traces(crate);
    try (ProgramWatch watch = ProgramWatch.start()) {
      SandboxReport report = phases.build(command, cache, closure, err, err);
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
