package lazaret.vetting.inspect.manifest;

import java.util.List;
import java.util.stream.Stream;

/// The files in which the targets of a crate begin.
///
/// @param build the build scripts; empty if cargo runs none
/// @param code the roots of library and programs
/// @param procMacro whether the library runs in the compiler
public record CrateTargets(List<String> build, List<String> code, boolean procMacro) {
  /// Copies the lists.
  public CrateTargets {
    build = List.copyOf(build);
    code = List.copyOf(code);
  }

  /// Returns build scripts, library and programs.
  public Stream<String> all() {
    return Stream.concat(build.stream(), code.stream());
  }

  /// Returns whether a path is in a folder in which library or programs begin. Such a file may be
  /// one of their modules.
  public boolean besideCode(String path) {
    return code.stream()
        .anyMatch(target -> path.startsWith(target.substring(0, target.lastIndexOf('/') + 1)));
  }
}
