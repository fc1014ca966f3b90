package lazaret.cli.sandbox;

import java.nio.file.Path;
import lazaret.cli.command.CliSession;
import lazaret.vetting.lockfile.Lockfile;

/// The folders that cargo uses in place of Git repositories. Another module has them, which the
/// command finds by the JDK's service loader at the first lockfile with Git dependencies.
public interface GitSourceFolders {
  /// The file of cargo's configuration in the folder.
  String CONFIGURATION = "config.toml";

  /// Brings the Git dependencies of a lockfile from the gate, each tree verified by its hash. The
  /// gate is asked about their approval also if the folder has them.
  ///
  /// @param folder the folder, which is made in one step unless it has them; only builds read it
  /// @param inside the path of the folder for cargo
  /// @throws lazaret.cli.desk.CliException if one of them is not approved, or cannot be had
  void bring(CliSession session, Lockfile lockfile, Path folder, Path inside);
}
