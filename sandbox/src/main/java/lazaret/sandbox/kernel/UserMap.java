package lazaret.sandbox.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// A user namespace in which one owner on the disk is another user, for [Mounts#bind(Path, Path,
/// int)]. Linux gives one to a process of one thread only, so a process that does nothing else has
/// it: `cat`, which says by its first echo that it is in there. For root. Not thread-safe.
public final class UserMap implements AutoCloseable {
  private static final int AT_FDCWD = -100;
  private static final int CLOEXEC = 02000000;

  private final FutureTask<Process> holder = new FutureTask<>(UserMap::hold);
  private final String users;
  private final String groups;

  private UserMap(String users, String groups) {
    this.users = users;
    this.groups = groups;
  }

  /// Begins to make one, on a thread of its own.
  ///
  /// @param owner the user on the disk
  /// @param group the group on the disk
  /// @param user who both are seen as
  public static UserMap begin(int owner, int group, int user) {
    UserMap map = new UserMap(owner + " " + user + " 1\n", group + " " + user + " 1\n");
    Thread.ofPlatform().daemon().name("sandbox-user-map").start(map.holder);
    return map;
  }

  private static Process hold() throws IOException {
    ProcessBuilder builder = new ProcessBuilder("/usr/bin/unshare", "--user", "/bin/cat");
    builder.environment().clear();
    builder.directory(Path.of("/").toFile());
    Process process = builder.start();
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    return process;
  }

  /// Waits until it is there and returns a descriptor of it, for [#giveBack].
  ///
  /// @throws IOException if this machine makes no user namespaces
  public int open() throws IOException {
    Process process = held();
    if (process.getInputStream().read() < 0) {
      throw new IOException(
          new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    }
    Path folder = Path.of("/proc", Long.toString(process.pid()));
    Files.writeString(folder.resolve("uid_map"), users);
    Files.writeString(folder.resolve("gid_map"), groups);
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(folder.resolve("ns/user").toString()).address();
      return (int) Kernel.call("openat", AT_FDCWD, name, CLOEXEC);
    }
  }

  private Process held() throws IOException {
    try {
      return holder.get();
    } catch (ExecutionException e) {
      throw new IOException("cannot make a user namespace: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a user namespace was made", e);
    }
  }

  /// Gives a descriptor back; mounts that have the map keep it.
  public static void giveBack(int descriptor) {
    Descriptors.close(descriptor);
  }

  /// Ends the process, and waits for its end.
  @Override
  public void close() {
    try {
      Process process = held();
      process.destroyForcibly();
      process.waitFor();
    } catch (IOException _) {
      // There is none.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
