package lazaret.cli.run;

import java.nio.file.Path;
import lazaret.cli.cargo.CargoProject;
import lazaret.cli.cargo.FlatToml;
import lazaret.cli.desk.CliException;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.lockfile.PackageSource;

/// The check that all packages of a project come from the public registry. Git repositories need
/// decisions of people, and private registries their server. This command has neither.
///
/// Source: Cargo reference, *Specifying Dependencies* and *Overriding Dependencies*.
final class RunSources {
  private static final String GIT = "a Git repository";
  private static final String REGISTRY = "another registry";

  /// The name that manifests may give the public registry.
  private static final String PUBLIC = "crates-io";

  private RunSources() {}

  /// Checks each package of a lockfile.
  ///
  /// @throws CliException if one comes from elsewhere
  static void check(Lockfile lockfile) {
    for (LockedPackage each : lockfile.packages()) {
      String what = each.name() + " " + each.version().text();
      switch (each.source()) {
        case PackageSource.Git _ -> throw refused(what, GIT);
        case PackageSource.Private _, PackageSource.OtherRegistry _ ->
            throw refused(what, REGISTRY);
        case PackageSource.CratesIo _, PackageSource.Local _ -> {}
      }
    }
  }

  /// Checks the dependencies in the manifests of a workspace, if there is no lockfile yet.
  ///
  /// @param root the folder of the workspace
  /// @throws CliException if one comes from elsewhere
  static void check(Path root) {
    CargoProject.of(root)
        .ifPresent(project -> project.manifests().forEach(RunSources::checkManifest));
  }

  private static void checkManifest(Path file, FlatToml keys) {
    keys.values()
        .forEach(
            (path, values) -> {
              if (path.size() >= 3 && CargoProject.isDependency(path)) {
                String what = path.get(path.size() - 2) + " in " + file;
                switch (path.getLast()) {
                  case "git" -> throw refused(what, GIT);
                  case "registry-index" -> throw refused(what, REGISTRY);
                  case "registry" -> {
                    if (!values.getFirst().equals(PUBLIC)) {
                      throw refused(what, REGISTRY);
                    }
                  }
                  default -> {}
                }
              }
            });
  }

  private static CliException refused(String what, String from) {
    return new CliException(
        ErrorCode.CONFIG_INVALID,
        "cannot run without a server: expected packages of the public registry, found %s from %s; use 'vetting-cli sandbox' with a server"
            .formatted(what, from));
  }
}
