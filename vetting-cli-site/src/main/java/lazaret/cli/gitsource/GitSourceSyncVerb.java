package lazaret.cli.gitsource;

import java.nio.file.Path;
import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.lockfile.CheckedLockfile;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.ProcessCode;
import lazaret.cli.report.TextStyle;
import lazaret.cli.sandbox.GitSourceFolders;
import lazaret.vetting.Bytes;
import lazaret.vetting.lockfile.Lockfile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `git-sources sync`, which makes the folders by which cargo builds without Git.
@Command(
    name = "sync",
    header = "Bring the approved Git dependencies of a lockfile to this machine",
    description = {
      "",
      "Each tree is verified against its hash. The file config.toml in the folder replaces the"
          + " sources; pass it to cargo with --config."
    },
    footer = {
      "Examples:",
      "  vetting-cli git-sources sync",
      "  cargo --config .lazaret/git/config.toml build --locked"
    },
    exitCodeList = {
      "0:all are there",
      "1:a dependency is not approved",
      "2:no lockfile",
      "3:gate unavailable",
      "4:a tree differs from its hash"
    })
final class GitSourceSyncVerb extends Verb {
  @Option(
      names = "--lockfile",
      paramLabel = "FILE",
      description = "The lockfile; Cargo.lock without it.")
  Path lockfile = Path.of("Cargo.lock");

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description = "The folder for the sources; .lazaret/git without it. It may have others.")
  Path folder = Path.of(".lazaret/git");

  GitSourceSyncVerb(CliSession session) {
    super(session);
  }

  /// The JSON of the sources on this machine.
  ///
  /// @param missing a sentence about each source that builds cannot use; then nothing was written
  /// @param sources the number of sources
  /// @param configuration the file for `cargo --config`; null if nothing was written
  private record Synced(List<String> missing, int sources, @Nullable String configuration) {}

  @Override
  public ProcessCode run() {
    Lockfile lock = Lockfile.parse(Bytes.utf8(CheckedLockfile.text(session(), lockfile)));
    GitSourceCopy.Wanted wanted = GitSourceCopy.Wanted.of(desk(), lock);
    if (!wanted.missing().isEmpty()) {
      if (session().json()) {
        terminal().json(new Synced(wanted.missing(), wanted.approved().size(), null));
        return ExitCode.REFUSED;
      }
      wanted.missing().forEach(each -> terminal().line(Cell.of(TextStyle.BAD, each)));
      return ExitCode.REFUSED;
    }
    Path root = session().around().path(folder).toAbsolutePath().normalize();
    GitSourceCopy.write(desk(), wanted, root, root);
    Path configuration = root.resolve(GitSourceFolders.CONFIGURATION);
    if (session().json()) {
      terminal().json(new Synced(List.of(), wanted.approved().size(), configuration.toString()));
    } else {
      terminal()
          .line(
              "sources in %s: %d; use: cargo --config %s"
                  .formatted(root, wanted.approved().size(), configuration));
    }
    return ExitCode.DONE;
  }
}
