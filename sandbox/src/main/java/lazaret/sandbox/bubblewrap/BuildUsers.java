package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;

/// The users that root changes to for builds, one for each target folder. A file whose name is the
/// user number contains the path of the target folder. Safe for concurrent use by several
/// processes.
final class BuildUsers {
  /// The first user number. No system assigns these numbers (systemd, UIDs-GIDs.md: unused).
  static final int FIRST = 1_900_000_000;

  static final int COUNT = 200_000_000;

  private static final Path USUAL = Path.of("/var/lib/lazaret-sandbox/users");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{10}");
  private static final int ATTEMPTS = 100;

  /// The number of users from which users without a target folder are removed.
  private static final int MANY = 256;

  private final Path folder;
  private final RandomGenerator random;

  /// Creates the list of users.
  ///
  /// @param folder the folder of the files, created if missing
  /// @param random the source of user numbers
  BuildUsers(Path folder, RandomGenerator random) {
    this.folder = folder;
    this.random = random;
  }

  /// Returns the users of this machine.
  static BuildUsers ofMachine() {
    return new BuildUsers(USUAL, RandomGenerator.getDefault());
  }

  /// Returns the user of a target folder. It is the owner of the folder if that is a build user
  /// without another target folder, and a new user otherwise.
  ///
  /// @param target a real path
  /// @throws SandboxException if the users cannot be stored
  int of(Path target) {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
      int owner = owner(target);
      if (isBuildUser(owner) && claim(owner, target)) {
        return owner;
      }
      forget();
      for (int i = 0; i < ATTEMPTS; i++) {
        int user = FIRST + random.nextInt(COUNT);
        if (isNew(user, target)) {
          return user;
        }
      }
    } catch (IOException e) {
      throw new SandboxException(
          Kind.FAILED,
          "cannot record the user of the build in %s: %s; make the folder writable for root"
              .formatted(folder, e),
          e);
    }
    throw new SandboxException(
        Kind.FAILED, "cannot find a free user for the build: remove files from " + folder);
  }

  private static boolean isBuildUser(int user) {
    return user >= FIRST && user < FIRST + COUNT;
  }

  /// Returns whether the owner of a target folder can be its build user, and records it.
  private boolean claim(int owner, Path target) throws IOException {
    Path file = file(owner);
    Path other = Path.of(read(file));
    if (other.equals(target)) {
      return true;
    }
    if (!other.toString().isEmpty() && owner(other) == owner) {
      return false;
    }
    // The folder was moved, or it is older than these files.
    Files.move(written(target), file, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  private boolean isNew(int user, Path target) throws IOException {
    Path written = written(target);
    try {
      Files.createLink(file(user), written);
      return true;
    } catch (FileAlreadyExistsException _) {
      return false;
    } finally {
      Files.delete(written);
    }
  }

  private Path written(Path target) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "new", ""), target.toString());
  }

  private Path file(int user) {
    return folder.resolve(Integer.toString(user));
  }

  private void forget() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(f -> NUMBER.matcher(f.getFileName().toString()).matches()).toList();
    }
    if (files.size() < MANY) {
      return;
    }
    for (Path file : files) {
      if (owner(Path.of(read(file))) != Integer.parseInt(file.getFileName().toString())) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static String read(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException _) {
      return "";
    }
  }

  /// Returns the owner of a folder, or -1 if the folder does not exist.
  private static int owner(Path path) throws IOException {
    try {
      return path.toString().isEmpty()
          ? -1
          : (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException _) {
      return -1;
    }
  }
}
