package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;

/// How bubblewrap is started: by a shell, which opens the files that it reads by number, and as
/// root from a stage.
///
/// Root in a user namespace stays root to the kernel: it may write `/proc/sys` and has no limit of
/// processes. So root first binds what goes inside into a file system of its own, where another
/// user can reach it, and becomes that user, who is nobody else's. What is only read is mapped to
/// this user, whoever owns it.
abstract sealed class Start {
  /// The first of the users that root becomes; no system hands these out (systemd's UIDs-GIDs.md:
  /// unused).
  private static final int FIRST_USER = 1_900_000_000;

  private static final int USERS = 1 << 16;

  private static final String AS_USER =
      """
      exec 7>"$1" 8<"$2" 9<"$3"
      shift 3
      while [ "$1" != -- ]; do echo $$ >"$1"; shift; done
      shift
      exec "$@"
      """;

  private static final String AS_ROOT =
      """
      exec 7>"$1" 8<"$2" 9<"$3"
      shift 3
      while [ "$1" != -- ]; do echo $$ >"$1"; shift; done
      shift
      exec unshare --mount --propagation private /bin/sh -ec '
        stage=$1 user=$2
        shift 2
        mount -t tmpfs -o mode=0755,size=1m,nosuid,nodev stage "$stage"
        : >"$stage/empty"
        number=0
        while [ "$1" != -- ]; do
          place=$stage/$number owner=$1 group=$2 source=$3
          number=$((number + 1))
          shift 3
          mkdir "$place"
          [ "$owner" != - ] && mount --bind \\
            -o "X-mount.idmap=u:$owner:$user:1 g:$group:$user:1" "$source" "$place" 2>/dev/null ||
            mount --bind "$source" "$place"
        done
        shift
        exec setpriv --reuid="$user" --regid="$user" --clear-groups --no-new-privs \\
          --bounding-set=-all --inh-caps=-all --ambient-caps=-all "$@"
      ' stage "$@"
      """;

  final PrivateFolder folder;

  private Start(PrivateFolder folder) {
    this.folder = folder;
  }

  /// Returns how this process starts it.
  ///
  /// @param folder the private folder of the run
  /// @param target the target folder: with it, root's other user is chosen
  static Start of(PrivateFolder folder, Path target) throws IOException {
    return owner(folder.path()) == 0 && ruling() ? new AsRoot(folder, target) : new AsUser(folder);
  }

  /// Root of a container without other users cannot become one, and is none to the kernel.
  private static boolean ruling() throws IOException {
    String all = Files.readString(Path.of("/proc/self/uid_map"));
    return all.strip().split("\\s+").length == 3 && all.strip().endsWith(" 4294967295");
  }

  static int owner(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }

  /// Returns where bubblewrap finds a folder that is only read, or only by cargo itself.
  abstract String given(Path path);

  /// Returns where it finds the folder that the build writes.
  abstract String written(Path path);

  /// Returns where it finds an empty file.
  abstract String empty();

  /// Returns the command of the process to start.
  ///
  /// @param command bubblewrap and what it runs
  abstract List<String> command(Opened opened, List<String> command);

  /// What the shell opens before anything else.
  ///
  /// @param status where bubblewrap says how the command ended
  /// @param arguments of bubblewrap
  /// @param filter the compiled filter
  /// @param groups the files through which control groups are entered
  record Opened(Path status, Path arguments, Path filter, List<String> groups) {
    private List<String> words(String script) {
      List<String> all = new ArrayList<>(List.of("/bin/sh", "-ec", script, "sandbox"));
      all.addAll(List.of(status.toString(), arguments.toString(), filter.toString()));
      all.addAll(groups);
      all.add("--");
      return all;
    }
  }

  private static final class AsUser extends Start {
    private final String empty;

    AsUser(PrivateFolder folder) throws IOException {
      super(folder);
      this.empty = folder.file("empty", new byte[0]).toString();
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
    String empty() {
      return empty;
    }

    @Override
    List<String> command(Opened opened, List<String> command) {
      List<String> all = opened.words(AS_USER);
      all.addAll(command);
      return all;
    }
  }

  private static final class AsRoot extends Start {
    private final Path stage;
    private final int user;

    /// Owner, group and path of each folder on the stage.
    private final List<String> staged = new ArrayList<>();

    AsRoot(PrivateFolder folder, Path target) throws IOException {
      super(folder);
      this.stage = folder.folder("stage");
      CRC32 hash = new CRC32();
      hash.update(target.toString().getBytes(StandardCharsets.UTF_8));
      this.user = FIRST_USER + (int) (hash.getValue() % USERS);
    }

    @Override
    String given(Path path) {
      try {
        String group = Files.getAttribute(path, "unix:gid").toString();
        return staged(Integer.toString(owner(path)), group, path);
      } catch (IOException e) {
        throw new SandboxException(Kind.FAILED, "cannot tell the owner of " + path + ": " + e, e);
      }
    }

    /// Not mapped but owned: no file of root's comes out of a build.
    @Override
    String written(Path path) {
      try {
        if (owner(path) != user) {
          if (!PrivateFolder.isEmpty(path)) {
            throw new SandboxException(
                Kind.REFUSED,
                "the target folder "
                    + path
                    + " has files that were not built in the sandbox of this project; empty it, or"
                    + " name another one");
          }
          Files.setAttribute(path, "unix:gid", user);
          Files.setAttribute(path, "unix:uid", user);
        }
      } catch (IOException e) {
        throw new SandboxException(Kind.FAILED, "cannot hand over " + path + ": " + e, e);
      }
      return staged("-", "-", path);
    }

    private String staged(String owner, String group, Path path) {
      int number = staged.size() / 3;
      staged.addAll(List.of(owner, group, path.toString()));
      return stage.resolve(Integer.toString(number)).toString();
    }

    @Override
    String empty() {
      return stage.resolve("empty").toString();
    }

    @Override
    List<String> command(Opened opened, List<String> command) {
      List<String> all = opened.words(AS_ROOT);
      all.addAll(List.of(stage.toString(), Integer.toString(user)));
      all.addAll(staged);
      all.add("--");
      all.addAll(command);
      return all;
    }
  }
}
