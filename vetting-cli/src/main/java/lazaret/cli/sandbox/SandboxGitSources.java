package lazaret.cli.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import lazaret.cli.command.CliSession;
import lazaret.cli.desk.CliException;
import lazaret.sandbox.bubblewrap.SandboxPaths;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.lockfile.LockedPackage;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.lockfile.PackageSource;

/// The Git dependencies of a build in the sandbox. Their folders are in the package cache, so that
/// builds cannot change them.
///
/// @param packages the package cache
/// @param offline whether the folders of an earlier run are used
record SandboxGitSources(CliSession session, PackageCache packages, boolean offline) {
  /// The folder in the package cache.
  private static final String FOLDER = "git-folders";

  private static final int KEY_LENGTH = 16;

  /// Returns the runs with the folders of the Git dependencies of a lockfile, if it has some.
  ///
  /// @throws CliException if one of them is not approved, or is not there offline
  SandboxedBuild in(SandboxedBuild phases, Lockfile lockfile) {
    List<LockedPackage> wanted =
        lockfile.packages().stream()
            .filter(each -> each.source() instanceof PackageSource.Git)
            .toList();
    if (wanted.isEmpty()) {
      return phases;
    }
    Path place = Path.of(FOLDER, key(wanted));
    Path folder = packages.home().resolve(place);
    Path inside = Path.of(SandboxPaths.CARGO_HOME).resolve(place);
    if (!offline) {
      folders().bring(session, lockfile, folder, inside);
    } else if (!Files.isRegularFile(folder.resolve(GitSourceFolders.CONFIGURATION))) {
      throw new CliException(
          ErrorCode.SERVER_UNAVAILABLE,
          "cannot build offline: the Git dependencies of this Cargo.lock were not fetched; run it"
              + " once without --offline");
    }
    return phases.configured(inside.resolve(GitSourceFolders.CONFIGURATION));
  }

  /// Returns the name of the folder of some packages.
  private static String key(List<LockedPackage> wanted) {
    StringBuilder text = new StringBuilder();
    for (LockedPackage each : wanted) {
      if (each.source() instanceof PackageSource.Git git) {
        text.append(git.url()).append('#').append(git.commit()).append(' ');
        text.append(each.name()).append(' ').append(each.version().text()).append('\n');
      }
    }
    return Sha256.of(Bytes.utf8(text.toString())).hex().substring(0, KEY_LENGTH);
  }

  private static GitSourceFolders folders() {
    return ServiceLoader.load(GitSourceFolders.class)
        .findFirst()
        .orElseThrow(
            () ->
                new CliException(
                    ErrorCode.CONFIG_INVALID,
                    "cannot use Git dependencies: the module vetting-cli-site is missing"));
  }
}
