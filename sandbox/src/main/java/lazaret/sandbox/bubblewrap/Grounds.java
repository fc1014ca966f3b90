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

/// The folders of a policy as they are on this machine, links resolved, after it was made sure that
/// none of them holds what must stay outside, and that what is written does not overlap what is
/// read.
record Grounds(
    Path project,
    Path target,
    Path toolchain,
    Optional<Path> cargoHome,
    Optional<Path> registry,
    Optional<Path> gate) {
  /// What belongs to the machine: a project that holds or stands in one of these is a mistake.
  private static final List<Path> SYSTEM =
      List.of(
          Path.of("/boot"), Path.of("/dev"), Path.of("/etc"), Path.of("/proc"), Path.of("/sys"));

  /// Resolves and checks.
  ///
  /// @throws SandboxException if a folder is missing or must not be inside
  static Grounds of(Folders folders) {
    Path project = existing("the project", folders.project().folder());
    if (!Files.isDirectory(project.resolve(folders.project().within()))) {
      throw refused(
          "no folder '%s' in the project %s".formatted(folders.project().within(), project));
    }
    Grounds grounds =
        new Grounds(
            project,
            made("the target folder", folders.target()),
            existing("the toolchain", folders.toolchain()),
            folders.cargoHome().map(f -> made("the package cache", f)),
            folders.registry().map(f -> existing("the local registry", f)),
            folders.gate().map(f -> existing("the session's folder", f)));
    grounds.keepOut(folders.offLimits());
    grounds.keepApart();
    return grounds;
  }

  private void keepOut(List<Path> offLimits) {
    List<Path> forbidden = new ArrayList<>(SYSTEM);
    offLimits.forEach(path -> forbidden.add(resolved(path)));
    for (Named folder : named()) {
      for (Path path : forbidden) {
        if (overlap(folder.path(), path)) {
          throw refused(
              "%s %s must not be in the sandbox, because it overlaps %s; name another one"
                  .formatted(folder.name(), folder.path(), path));
        }
      }
    }
  }

  private void keepApart() {
    List<Named> all = new ArrayList<>(named());
    all.add(new Named("the toolchain", toolchain));
    gate.ifPresent(path -> all.add(new Named("the session's folder", path)));
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        Named one = all.get(i);
        Named other = all.get(j);
        if (overlap(one.path(), other.path())) {
          throw refused(
              "%s %s and %s %s overlap: a build could change what later runs outside; name others"
                  .formatted(one.name(), one.path(), other.name(), other.path()));
        }
      }
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

  private record Named(String name, Path path) {}

  private static boolean overlap(Path one, Path other) {
    return one.startsWith(other) || other.startsWith(one);
  }

  private static Path existing(String name, Path folder) {
    try {
      Path real = folder.toRealPath();
      if (Files.isDirectory(real)) {
        return real;
      }
    } catch (IOException _) {
      // told below
    }
    throw refused("%s %s is no folder that can be read".formatted(name, folder));
  }

  /// A folder that the build writes is its user's alone: another user could plant links in it.
  private static Path made(String name, Path folder) {
    try {
      if (!Files.exists(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Path real = existing(name, folder);
      if (Files.getPosixFilePermissions(real, LinkOption.NOFOLLOW_LINKS)
          .contains(PosixFilePermission.OTHERS_WRITE)) {
        throw refused(
            "%s %s can be written by everybody; use one that cannot".formatted(name, real));
      }
      return real;
    } catch (IOException e) {
      throw new SandboxException(Kind.FAILED, "cannot make " + name + " " + folder + ": " + e, e);
    }
  }

  /// What is missing is compared as it would be: a secret may come later.
  private static Path resolved(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path missing = Path.of("");
    for (Path at = absolute; at != null; at = at.getParent()) {
      try {
        return at.toRealPath().resolve(missing);
      } catch (IOException _) {
        missing = at.getFileName() == null ? missing : at.getFileName().resolve(missing);
      }
    }
    return absolute;
  }

  private static SandboxException refused(String message) {
    return new SandboxException(Kind.REFUSED, message);
  }
}
