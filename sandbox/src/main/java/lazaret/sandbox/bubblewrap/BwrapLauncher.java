package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;
import lazaret.sandbox.kernel.IdMapping;
import lazaret.sandbox.kernel.Mounts;
import lazaret.sandbox.kernel.SystemCallException;

/// The start of bubblewrap by a shell, which opens numbered files for it. Root starts it from a
/// stage.
///
/// Root in a user namespace keeps the rights of root in the kernel: it may write `/proc/sys` and
/// has no limit of processes. Therefore root first mounts all folders in a file system of its own,
/// where another user can reach them, and then changes to that user, which is used for nothing
/// else. Folders that are only read are ID-mapped to this user, whatever their owner.
abstract sealed class BwrapLauncher implements AutoCloseable {
  /// The shell script. It enters the control groups, which takes the kernel some milliseconds, and
  /// waits for a line that all files are written.
  private static final String SCRIPT =
      """
      status=$1 arguments=$2 filter=$3
      shift 3
      while [ "$1" != -- ]; do echo $$ >"$1"; shift; done
      shift
      read -r go
      exec 7>"$status" 8<"$arguments" 9<"$filter" </dev/null
      exec "$@"
      """;

  final RunFolder folder;

  private BwrapLauncher(RunFolder folder) {
    this.folder = folder;
  }

  /// Returns the way in which this process starts bubblewrap.
  ///
  /// @param folder the private folder of the run
  /// @param target the target folder, which determines the user that root changes to
  static BwrapLauncher of(RunFolder folder, Path target) throws IOException {
    return owner(folder.path()) == 0 && userDecision()
        ? new AsRoot(folder, target)
        : new AsUser(folder);
  }

  /// Returns whether the process has all users. Root of a container without other users cannot
  /// change to one, and has no rights of root in the kernel.
  private static boolean userDecision() throws IOException {
    String all = Files.readString(Path.of("/proc/self/uid_map"));
    return all.strip().split("\\s+").length == 3 && all.strip().endsWith(" 4294967295");
  }

  static int owner(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }

  /// Returns the path at which bubblewrap finds a folder that is read-only, or written only by
  /// cargo.
  abstract String given(Path path);

  /// Returns the path at which bubblewrap finds a folder that was handed over.
  abstract String written(Path path);

  /// Makes the build the owner of a folder. Folders of a normal user are unchanged.
  abstract void handOver(Path path) throws IOException;

  /// Makes the build the owner of the target folder.
  ///
  /// @throws SandboxException if it contains files of other users
  abstract void handOverTarget(Path path) throws IOException;

  /// Returns the path at which bubblewrap finds a small file that all users may read.
  ///
  /// @param name a unique name
  /// @param bytes the content of the file
  abstract String small(String name, byte[] bytes) throws IOException;

  /// Prepares the thread that starts the process, before it is restricted.
  ///
  /// @throws SandboxException if this machine does not permit it
  abstract void prepare() throws IOException;

  /// Returns the command of the process to start. It waits for a line on standard input.
  ///
  /// @param opened the files of the shell
  /// @param command bubblewrap with its arguments
  List<String> command(Opened opened, List<String> command) {
    List<String> all = new ArrayList<>(List.of("/bin/sh", "-ec", SCRIPT, "sandbox"));
    all.add(opened.status().toString());
    all.add(opened.arguments().toString());
    all.add(opened.filter().toString());
    all.addAll(opened.groups());
    all.add("--");
    all.addAll(identity());
    all.addAll(command);
    return all;
  }

  /// Returns the program, with its arguments, that changes to another user; empty for none.
  abstract List<String> identity();

  /// Ends the processes that were started for the preparation.
  @Override
  public abstract void close();

  /// The files that the shell opens first.
  ///
  /// @param status the file to which bubblewrap writes the exit status
  /// @param arguments the file with the arguments of bubblewrap, which exists when the shell
  ///   continues
  /// @param filter the file with the compiled filter, which exists when the shell continues
  /// @param groups the files through which control groups are entered
  record Opened(Path status, Path arguments, Path filter, List<String> groups) {}

  private static final class AsUser extends BwrapLauncher {
    /// A process that is run and ended beforehand. The JDK waits for processes on threads that it
    /// creates at their start and keeps for a while; a thread created by a restricted thread would
    /// be restricted too.
    private final FutureTask<Integer> warming =
        new FutureTask<>(() -> new ProcessBuilder("/bin/true").start().waitFor());

    AsUser(RunFolder folder) throws IOException {
      super(folder);
      Thread.ofPlatform().daemon().name("sandbox-warming").start(warming);
    }

    @Override
    void prepare() {
      try {
        var _ = warming.get();
      } catch (ExecutionException e) {
        throw new SandboxException(Kind.FAILED, "cannot start a program: " + e.getCause(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SandboxException(Kind.FAILED, "interrupted while the sandbox was set up", e);
      }
    }

    @Override
    String given(Path path) {
      return path.toString();
    }

    @Override
    String written(Path path) {
      return path.toString();
    }

    @Override
    void handOver(Path path) {}

    @Override
    void handOverTarget(Path path) {}

    @Override
    String small(String name, byte[] bytes) throws IOException {
      return folder.file(name, bytes).toString();
    }

    @Override
    List<String> identity() {
      return List.of();
    }

    @Override
    public void close() {}
  }

  private static final class AsRoot extends BwrapLauncher {
    private final Path stage;
    private final int user;
    private final List<Staged> all = new ArrayList<>();
    private final Map<Path, byte[]> small = new HashMap<>();

    /// The processes that hold user mappings. They end before the start, and also create the JDK's
    /// threads.
    private final Map<Owner, IdMapping> maps = new ConcurrentHashMap<>();

    private record Owner(int user, int group) {}

    /// A folder on the stage.
    ///
    /// @param folder the folder
    /// @param mapped the owner that appears as the build user, or empty for none
    private record Staged(Path folder, Optional<Owner> mapped) {}

    AsRoot(RunFolder folder, Path target) throws IOException {
      super(folder);
      this.stage = folder.folder("stage");
      this.user = BuildUsers.ofMachine().of(target);
      beginMap(owners(folder.path()));
    }

    private static Owner owners(Path path) throws IOException {
      return new Owner(owner(path), (Integer) Files.getAttribute(path, "unix:gid"));
    }

    private void beginMap(Owner owner) {
      maps.computeIfAbsent(owner, o -> IdMapping.begin(o.user(), o.group(), user));
    }

    @Override
    String given(Path path) {
      try {
        Owner owner = owners(path);
        beginMap(owner);
        return staged(new Staged(path, Optional.of(owner)));
      } catch (IOException e) {
        throw new SandboxException(Kind.FAILED, "cannot stage %s: %s".formatted(path, e), e);
      }
    }

    @Override
    String written(Path path) {
      return staged(new Staged(path, Optional.empty()));
    }

    private String staged(Staged folder) {
      all.add(folder);
      return location(all.size() - 1).toString();
    }

    private Path location(int number) {
      return stage.resolve(Integer.toString(number));
    }

    /// Changes the owner instead of mapping it, so that a build cannot make files of root.
    @Override
    void handOver(Path path) throws IOException {
      if (owner(path) != user) {
        Files.setAttribute(path, "unix:gid", user);
        Files.setAttribute(path, "unix:uid", user);
      }
    }

    @Override
    void handOverTarget(Path path) throws IOException {
      if (owner(path) != user && !RunFolder.isEmpty(path)) {
        throw new SandboxException(
            Kind.REFUSED,
            "the target folder "
                + path
                + " has files that were not built in the sandbox of this project; empty it, or"
                + " name another one");
      }
      handOver(path);
    }

    @Override
    String small(String name, byte[] bytes) {
      Path place = stage.resolve(name);
      small.put(place, bytes);
      return place.toString();
    }

    @Override
    List<String> identity() {
      return List.of(
          "setpriv",
          "--reuid=" + user,
          "--regid=" + user,
          "--clear-groups",
          "--no-new-privs",
          "--bounding-set=-all",
          "--inh-caps=-all",
          "--ambient-caps=-all");
    }

    @Override
    void prepare() throws IOException {
      try {
        Mounts.separate();
      } catch (SystemCallException e) {
        throw new SandboxException(
            Kind.UNUSABLE, SetupAdvice.of(String.valueOf(e.getMessage())), e);
      }
      Mounts.memory(stage, "mode=0755,size=1m");
      for (Map.Entry<Path, byte[]> file : small.entrySet()) {
        Files.write(file.getKey(), file.getValue());
        Files.setPosixFilePermissions(file.getKey(), PosixFilePermissions.fromString("r--r--r--"));
      }
      Map<Owner, Integer> opened = new HashMap<>();
      try {
        for (int i = 0; i < all.size(); i++) {
          bind(all.get(i), Files.createDirectory(location(i)), opened);
        }
      } finally {
        opened.values().forEach(IdMapping::giveBack);
        close();
      }
    }

    private void bind(Staged each, Path place, Map<Owner, Integer> opened) throws IOException {
      if (each.mapped().isPresent()) {
        Owner owner = each.mapped().get();
        try {
          if (!opened.containsKey(owner)) {
            opened.put(owner, Objects.requireNonNull(maps.get(owner)).open());
          }
          Mounts.bind(each.folder(), place, opened.get(owner));
          return;
        } catch (IOException _) {
          // The file system does not support ID-mapped mounts; only files readable by all users are
          // readable.
        }
      }
      Mounts.bind(each.folder(), place);
    }

    @Override
    public void close() {
      maps.values().forEach(IdMapping::close);
    }
  }
}
