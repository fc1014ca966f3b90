package lazaret.mirror.socket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.storage.files.PrivateFiles;

/// The file of a unix socket and the users who may own it. A socket of another user, or one in a
/// folder where another user may put one, is refused by both sides.
public final class SocketFile {
  /// The longest path of a socket in bytes: `sun_path` of unix(7), as the JDK fills it.
  public static final int MAX_BYTES = 106;

  private static final int TYPE = 0170000;
  private static final int SOCKET = 0140000;
  private static final int LINK = 0120000;
  private static final int REGULAR = 0100000;
  private static final int FOLDER = 0040000;
  private static final int FIFO = 0010000;
  private static final int STICKY = 01000;
  private static final int OTHERS_WRITE = 02;

  private SocketFile() {}

  /// Returns whether a path fits an address of a unix socket.
  public static boolean fits(Path socket) {
    return socket.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
  }

  /// Returns the users who may own the socket of a data folder: the folder's owner and root. If the
  /// folder is absent, the user of this process counts as its owner. If a folder above it cannot be
  /// entered, the owner of that folder counts, who alone decides what is in it.
  ///
  /// @throws DeskSocketException if the owner cannot be read
  public static Set<UserPrincipal> owners(Path dataDir) {
    try {
      Set<UserPrincipal> owners = new HashSet<>();
      owners.add(root());
      owners.add(owner(dataDir));
      return Set.copyOf(owners);
    } catch (IOException e) {
      throw new DeskSocketException(
          "cannot find the owner of '%s': %s".formatted(dataDir, PrivateFiles.describe(e)), e);
    }
  }

  private static UserPrincipal owner(Path dataDir) throws IOException {
    for (Path at = dataDir.toAbsolutePath(); at != null; at = at.getParent()) {
      try {
        return Files.getOwner(at);
      } catch (NoSuchFileException _) {
        return self();
      } catch (AccessDeniedException _) {
        // A folder above denies the access.
      }
    }
    return self();
  }

  private static UserPrincipal root() throws IOException {
    return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("0");
  }

  static UserPrincipal self() throws IOException {
    return Files.getOwner(Path.of("/proc/self"));
  }

  /// Returns whether a file of any kind has the name.
  public static boolean exists(Path socket) {
    return Files.exists(socket, LinkOption.NOFOLLOW_LINKS);
  }

  /// Checks that a path is a socket of one of the owners, and that no other user can put another
  /// one in its place.
  ///
  /// @param owners see [#owners]
  /// @throws DeskSocketException if it is not
  public static void check(Path socket, Set<UserPrincipal> owners) {
    try {
      Map<String, Object> file =
          Files.readAttributes(socket, "unix:mode,owner", LinkOption.NOFOLLOW_LINKS);
      int mode = mode(file);
      if ((mode & TYPE) != SOCKET) {
        throw refused(socket, "a unix socket", kind(mode));
      }
      if (!(file.get("owner") instanceof UserPrincipal owner) || !owners.contains(owner)) {
        throw refused(
            socket, "a socket of " + names(owners), "one of '%s'".formatted(file.get("owner")));
      }
      checkFolders(socket, owners);
    } catch (NoSuchFileException e) {
      throw new DeskSocketException(
          "cannot use the socket '%s': there is none; start the server, or name another one"
              .formatted(socket),
          e);
    } catch (IOException e) {
      throw new DeskSocketException(
          "cannot use the socket '%s': %s".formatted(socket, PrivateFiles.describe(e)), e);
    }
  }

  /// Checks every folder above a socket, with links followed. Root may own each of them, as it owns
  /// `/`.
  private static void checkFolders(Path socket, Set<UserPrincipal> owners) throws IOException {
    Set<UserPrincipal> trusted = new HashSet<>(owners);
    trusted.add(self());
    trusted.add(root());
    for (Path folder = realFolder(socket); folder != null; folder = folder.getParent()) {
      Map<String, Object> attributes = Files.readAttributes(folder, "unix:mode,owner");
      int mode = mode(attributes);
      if (!(attributes.get("owner") instanceof UserPrincipal owner) || !trusted.contains(owner)) {
        throw refused(
            socket,
            "folders of " + names(trusted),
            "'%s' of '%s'".formatted(folder, attributes.get("owner")));
      }
      if ((mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
        throw refused(
            socket,
            "folders that other users cannot write",
            "'%s' with mode %o".formatted(folder, mode & 07777));
      }
    }
  }

  private static Path realFolder(Path socket) throws IOException {
    Path folder = socket.toAbsolutePath().getParent();
    return (folder == null ? socket.toAbsolutePath() : folder).toRealPath();
  }

  private static int mode(Map<String, Object> attributes) {
    return attributes.get("mode") instanceof Integer mode ? mode : 0;
  }

  private static String kind(int mode) {
    return switch (mode & TYPE) {
      case LINK -> "a symbolic link";
      case REGULAR -> "a regular file";
      case FOLDER -> "a folder";
      case FIFO -> "a FIFO";
      default -> "a device";
    };
  }

  private static String names(Set<UserPrincipal> users) {
    return users.stream()
        // The number 0 was looked up for root, so its name is the number.
        .map(user -> user.getName().equals("0") ? "'root'" : "'" + user.getName() + "'")
        .distinct()
        .sorted()
        .collect(Collectors.joining(" or "));
  }

  private static DeskSocketException refused(Path socket, String expected, String found) {
    return new DeskSocketException(
        "cannot use the socket '%s': expected %s, found %s; remove it, or name another one with 'server.socket' (LAZARET_SERVER_SOCKET)"
            .formatted(socket, expected, found),
        null);
  }
}
