package lazaret.cli.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lazaret.cli.cargo.CargoProject;

/// The workspace that a folder belongs to.
///
/// @param root the folder with its manifest and its lockfile
/// @param manifests the manifests of the root, of the members, and of path dependencies in the root
/// @param elsewhere the folders outside of the workspace from which its manifests use crates
public record CargoWorkspace(Path root, List<Path> manifests, List<Path> elsewhere) {
  /// Copies the lists.
  public CargoWorkspace {
    manifests = List.copyOf(manifests);
    elsewhere = List.copyOf(elsewhere);
  }

  /// Finds the workspace of a folder, or returns empty if there is no `Cargo.toml` in it or above
  /// it.
  ///
  /// @throws lazaret.vetting.MalformedException if it is not certain which lockfile cargo uses
  public static Optional<CargoWorkspace> of(Path folder) {
    return CargoProject.exactly(folder)
        .map(
            project ->
                new CargoWorkspace(
                    project.root(),
                    List.copyOf(project.manifests().keySet()),
                    PackageSourceCheck.foldersOutside(project)));
  }
}
