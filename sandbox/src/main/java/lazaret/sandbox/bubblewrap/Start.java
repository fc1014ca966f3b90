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
        mount -a -T "$1" 2>/dev/null || mount -a -T "$2"
        : >"$3"
        user=$4
        shift 4
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

  /// Returns where it finds a folder that was handed over.
  abstract String written(Path path);

  /// Makes a folder the build's own; a user's is.
  abstract void handOver(Path path) throws IOException;

  /// Makes the target folder the build's own.
  ///
  /// @throws SandboxException if there are files of others in it
  abstract void handOverTarget(Path path) throws IOException;

  /// Returns where it finds an empty file.
  abstract String empty();

  /// Returns the command of the process to start.
  ///
  /// @param command bubblewrap and what it runs
  abstract List<String> command(Opened opened, List<String> command) throws IOException;

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
    void handOver(Path path) {}

    @Override
    void handOverTarget(Path path) {}

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
    private final List<Staged> all = new ArrayList<>();

    /// A folder on the stage.
    ///
    /// @param mapped who is seen as the build's user, in the words of mount(8); empty for nobody
    private record Staged(Path folder, String mapped) {}

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
        return staged(
            new Staged(
                path,
                ",X-mount.idmap=u:%d:%d:1\\040g:%s:%d:1"
                    .formatted(owner(path), user, Files.getAttribute(path, "unix:gid"), user)));
      } catch (IOException e) {
        throw new SandboxException(Kind.FAILED, "cannot tell the owner of " + path + ": " + e, e);
      }
    }

    @Override
    String written(Path path) {
      return staged(new Staged(path, ""));
    }

    private String staged(Staged folder) {
      all.add(folder);
      return place(all.size() - 1);
    }

    private String place(int number) {
      return stage.resolve(Integer.toString(number)).toString();
    }

    /// Not mapped but owned: no file of root's comes out of a build.
    @Override
    void handOver(Path path) throws IOException {
      if (owner(path) != user) {
        Files.setAttribute(path, "unix:gid", user);
        Files.setAttribute(path, "unix:uid", user);
      }
    }

    @Override
    void handOverTarget(Path path) throws IOException {
      if (owner(path) != user && !PrivateFolder.isEmpty(path)) {
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
    String empty() {
      return stage.resolve("empty").toString();
    }

    /// One program makes all mounts: one for each would take as long as all the rest.
    @Override
    List<String> command(Opened opened, List<String> command) throws IOException {
      List<String> words = opened.words(AS_ROOT);
      words.add(folder.file("mapped", table(true)).toString());
      // For file systems that know no mapped mounts: what everybody can read is read then.
      words.add(folder.file("plain", table(false)).toString());
      words.add(empty());
      words.add(Integer.toString(user));
      words.addAll(command);
      return words;
    }

    private byte[] table(boolean isMapped) {
      StringBuilder table =
          new StringBuilder(
              "stage %s tmpfs mode=0755,size=1m,nosuid,nodev 0 0\n"
                  .formatted(field(stage.toString())));
      for (int i = 0; i < all.size(); i++) {
        Staged each = all.get(i);
        table.append(
            "%s %s none bind,X-mount.mkdir%s 0 0\n"
                .formatted(
                    field(each.folder().toString()),
                    field(place(i)),
                    isMapped ? each.mapped() : ""));
      }
      return table.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Blanks and backslashes are written in octal.
    private static String field(String path) {
      StringBuilder field = new StringBuilder();
      for (int i = 0; i < path.length(); i++) {
        char c = path.charAt(i);
        if (c <= ' ' || c == '\\') {
          field.append("\\%03o".formatted((int) c));
        } else {
          field.append(c);
        }
      }
      return field.toString();
    }
  }
}
