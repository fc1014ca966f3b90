package lazaret.sandbox.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A user namespace in which one owner on the disk is another user, for [Mounts#bind(Path, Path,
/// int)]. Linux gives one to a process of one thread only, so a process that does nothing else has
/// it: `cat`, which says by its first echo that it is in there. For root. Not thread-safe.
public final class UserMap implements AutoCloseable {
  private static final int AT_FDCWD = -100;
  private static final int CLOEXEC = 02000000;

  private final Process holder;
  private final String users;
  private final String groups;

  private UserMap(Process holder, String users, String groups) {
    this.holder = holder;
    this.users = users;
    this.groups = groups;
  }

  /// Begins to make one.
  ///
  /// @param owner the user on the disk
  /// @param group the group on the disk
  /// @param user who both are seen as
  public static UserMap begin(int owner, int group, int user) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("/usr/bin/unshare", "--user", "/bin/cat");
    builder.environment().clear();
    builder.directory(Path.of("/").toFile());
    Process holder = builder.start();
    holder.getOutputStream().write('\n');
    holder.getOutputStream().flush();
    return new UserMap(holder, owner + " " + user + " 1\n", group + " " + user + " 1\n");
  }

  /// Waits until it is there and returns a descriptor of it, for [#giveBack].
  ///
  /// @throws IOException if this machine makes no user namespaces
  public int open() throws IOException {
    if (holder.getInputStream().read() < 0) {
      throw new IOException(
          new String(holder.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    }
    Path folder = Path.of("/proc", Long.toString(holder.pid()));
    Files.writeString(folder.resolve("uid_map"), users);
    Files.writeString(folder.resolve("gid_map"), groups);
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(folder.resolve("ns/user").toString()).address();
      return (int) Kernel.call("openat", AT_FDCWD, name, CLOEXEC);
    }
  }

  /// Gives a descriptor back; mounts that have the map keep it.
  public static void giveBack(int descriptor) {
    Descriptors.close(descriptor);
  }

  /// Ends the process, and waits for its end.
  @Override
  public void close() {
    holder.destroyForcibly();
    try {
      holder.waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
