package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;
import lazaret.sandbox.SandboxPolicy.Folders;
import lazaret.sandbox.SandboxPolicy.OffLimits;
import lazaret.sandbox.folders.RealPaths;

/// The folders of a policy with links resolved. None of them contains forbidden data, and no
/// written folder overlaps a read one. Programs around the sandbox check the folders that they
/// write by the same rules.
///
/// @param project the project
/// @param target the target folder
/// @param toolchain the sysroot of the toolchain
/// @param cargoHome the package cache, or empty
/// @param registry the local registry, or empty
/// @param gate the folder with the socket of the gate, or empty
public record CheckedFolders(
    Path project,
    Path target,
    Path toolchain,
    Optional<Path> cargoHome,
    Optional<Path> registry,
    Optional<Path> gate) {
  /// The system folders that no folder of a policy may overlap.
  private static final List<Path> SYSTEM =
      List.of(
          Path.of("/boot"), Path.of("/dev"), Path.of("/etc"), Path.of("/proc"), Path.of("/sys"));

  /// Resolves and checks the folders of a policy. Missing target and cache folders are created.
  ///
  /// @throws SandboxException if a folder is missing or must not be in the sandbox
  static CheckedFolders of(Folders folders) {
    Path project = existing("the project", folders.project().folder());
    if (!Files.isDirectory(project.resolve(folders.project().within()))) {
      throw refused(
          "cannot find the folder '%s' in the project %s"
              .formatted(folders.project().within(), project));
    }
    CheckedFolders checked =
        new CheckedFolders(
            project,
            RealPaths.of(folders.target()),
            existing("the toolchain", folders.toolchain()),
            folders.cargoHome().map(RealPaths::of),
            folders.registry().map(f -> existing("the local registry", f)),
            folders.gate().map(s -> existing("the folder of the session", s.folder())));
    checked.keepOut(folders.offLimits());
    checked.keepApart();
    // Folders are created only after all checks.
    made("the target folder", checked.target());
    checked.cargoHome().ifPresent(f -> made("the package cache", f));
    return checked;
  }

  /// Refuses the data folder of any gate, because it contains the token of a gate and its
  /// decisions.
  ///
  /// @param marker the name of the file that marks it
  static void refuseGate(String name, Path folder, Path at, String marker) {
    if (Files.exists(at.resolve(marker), LinkOption.NOFOLLOW_LINKS)) {
      throw refused(
          "%s %s must not be used, because %s is the data folder of a gate; name another one"
              .formatted(name, folder, at));
    }
  }

  private void keepOut(OffLimits offLimits) {
    named().forEach(folder -> refuseForbidden(folder, offLimits));
  }

  /// Refuses a folder that overlaps a system folder or a forbidden one, or is in the data folder of
  /// any gate.
  ///
  /// @throws SandboxException with kind `REFUSED`
  public static void refuseForbidden(Named folder, OffLimits offLimits) {
    Path real = RealPaths.of(folder.path());
    for (Path at = real; at != null; at = at.getParent()) {
      refuseGate(folder.name(), folder.path(), at, offLimits.marker());
    }
    List<Path> forbidden = new ArrayList<>(SYSTEM);
    offLimits.paths().forEach(path -> forbidden.add(RealPaths.of(path)));
    for (Path path : forbidden) {
      if (RealPaths.overlap(real, path)) {
        throw refused(
            "%s %s must not be used, because it overlaps %s; name %s"
                .formatted(folder.name(), folder.path(), path, folder.instead()));
      }
    }
  }

  private void keepApart() {
    List<Named> all = new ArrayList<>(named());
    all.add(new Named("the toolchain", toolchain));
    gate.ifPresent(path -> all.add(new Named("the folder of the session", path)));
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        refuseOverlap(all.get(i), all.get(j));
      }
    }
  }

  /// Refuses two folders of which one contains the other.
  ///
  /// @throws SandboxException with kind `REFUSED`
  public static void refuseOverlap(Named one, Named other) {
    if (RealPaths.overlap(RealPaths.of(one.path()), RealPaths.of(other.path()))) {
      throw refused(
          "%s %s and %s %s overlap: a build could change programs that run outside later; name other folders"
              .formatted(one.name(), one.path(), other.name(), other.path()));
    }
  }

  /// Refuses a folder that is in another one.
  ///
  /// @param instead the folder that a person should name: `another one with --cache DIR`
  /// @throws SandboxException with kind `REFUSED`
  public static void refuseInside(Named inner, Named outer, String instead) {
    if (RealPaths.of(inner.path()).startsWith(RealPaths.of(outer.path()))) {
      throw refused(
          "%s %s is in %s %s; name %s"
              .formatted(inner.name(), inner.path(), outer.name(), outer.path(), instead));
    }
  }

  private List<Named> named() {
    List<Named> all = new ArrayList<>();
    all.add(new Named("the project", project));
    all.add(new Named("the target folder", target));
    cargoHome.ifPresent(path -> all.add(new Named("the package cache", path)));
    registry.ifPresent(path -> all.add(new Named("the local registry", path)));
    return all;
  }

  /// A folder with its name in messages.
  ///
  /// @param name the name: `the cache`
  /// @param path the folder
  /// @param instead the folder that a person should name instead: `another one with --cache DIR`
  public record Named(String name, Path path, String instead) {
    Named(String name, Path path) {
      this(name, path, "another one");
    }
  }

  private static Path existing(String name, Path folder) {
    try {
      Path real = folder.toRealPath();
      if (Files.isDirectory(real)) {
        return real;
      }
    } catch (IOException _) {
      // The exception is thrown below.
    }
    throw refused("%s %s is not a readable folder".formatted(name, folder));
  }

  /// Creates a folder that the build writes, and checks its permissions. Other users must not write
  /// to it, because they could plant links.
  private static void made(String name, Path folder) {
    try {
      if (!Files.exists(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Path real = existing(name, folder);
      if (!real.equals(folder)) {
        throw refused("%s %s was replaced during the check".formatted(name, folder));
      }
      if (Files.getPosixFilePermissions(real, LinkOption.NOFOLLOW_LINKS)
          .contains(PosixFilePermission.OTHERS_WRITE)) {
        throw refused(
            "%s %s is writable for all users; name a folder that is not".formatted(name, real));
      }
    } catch (IOException e) {
      throw new SandboxException(Kind.FAILED, "cannot create " + name + " " + folder + ": " + e, e);
    }
  }

  private static SandboxException refused(String message) {
    return new SandboxException(Kind.REFUSED, message);
  }
}
