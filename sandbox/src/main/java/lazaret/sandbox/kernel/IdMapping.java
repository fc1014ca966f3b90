package lazaret.sandbox.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// A user namespace that maps one owner on disk to another user, for [Mounts#bind(Path, Path,
/// int)]. Linux permits it only to a process with one thread, so a separate process holds it:
/// `cat`, whose first output shows that the namespace exists. It requires root. Not thread-safe.
public final class IdMapping implements AutoCloseable {
  private static final int AT_FDCWD = -100;
  private static final int CLOEXEC = 02000000;

  private final FutureTask<Process> holder = new FutureTask<>(IdMapping::hold);
  private final String users;
  private final String groups;

  private IdMapping(String users, String groups) {
    this.users = users;
    this.groups = groups;
  }

  /// Starts to create a user namespace on a separate thread.
  ///
  /// @param owner the user on disk
  /// @param group the group on disk
  /// @param user the user that both are mapped to
  public static IdMapping begin(int owner, int group, int user) {
    IdMapping map = new IdMapping(owner + " " + user + " 1\n", group + " " + user + " 1\n");
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

  /// Waits for the namespace and returns a descriptor of it, which [#giveBack] closes.
  ///
  /// @throws IOException if this machine does not support user namespaces
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
      return (int) SystemCalls.call("openat", AT_FDCWD, name, CLOEXEC);
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

  /// Closes a descriptor. Existing mounts keep their mapping.
  public static void giveBack(int descriptor) {
    FileDescriptors.close(descriptor);
  }

  /// Kills the process and waits for its end.
  @Override
  public void close() {
    try {
      Process process = held();
      process.destroyForcibly();
      process.waitFor();
    } catch (IOException _) {
      // The process could not be started, so there is nothing to kill.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
