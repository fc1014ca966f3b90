package lazaret.e2e.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An unpacked image and a volume, as a container has them: the root folder is read-only, and
/// programs run as a user without rights. Needs root.
///
/// @param root the unpacked files
/// @param volume the folder of the store
/// @param variables all variables of the programs
public record UnpackedImage(Path root, Path volume, Map<String, String> variables) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// The user and group of the image.
  public static final String USER = "65532";

  // The mounts are those of the new namespace alone, and end with its last process.
  private static final String ENTER =
      """
      set -e
      root=$1 volume=$2
      shift 2
      PATH=/usr/sbin:/usr/bin:/sbin:/bin
      mount --bind "$root" "$root"
      mount --bind "$volume" "$root/var/lib/lazaret"
      mount -t tmpfs -o mode=1777,size=64m tmpfs "$root/tmp"
      mount --rbind /proc "$root/proc"
      mount --rbind /dev "$root/dev"
      mount -o remount,bind,ro "$root"
      exec chroot --userspec=%1$s:%1$s --groups=%1$s "$root" "$@"
      """
          .formatted(USER);

  /// Returns the builder of a program of the image.
  ///
  /// @param command the program with its path, and its arguments
  public ProcessBuilder builder(String... command) {
    List<String> all =
        new ArrayList<>(
            List.of("unshare", "--mount", "bash", "-c", ENTER, "bash", "" + root, "" + volume));
    all.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(all);
    String path = builder.environment().getOrDefault("PATH", "/usr/bin");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    variables.forEach((name, value) -> builder.environment().putIfAbsent(name, value));
    return builder;
  }

  /// Runs a program of the image to its end.
  public ProgramResult run(String... command) {
    return ProgramResult.of(builder(command), PATIENCE);
  }
}
