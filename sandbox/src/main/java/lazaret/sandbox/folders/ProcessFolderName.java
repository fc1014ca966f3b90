package lazaret.sandbox.folders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of a temporary folder, which identifies its process. It suffices to determine later
/// that the process has ended, even if process numbers are reused or counted in a container.
///
/// @param boot the beginning of the boot id of the kernel
/// @param space the number of the PID namespace
/// @param process the number of the process
/// @param started the start time of the process in ticks since boot
record ProcessFolderName(String boot, long space, long process, long started) {
  /// The form of the name. Numbers are written in base 36, because the path of a socket in the
  /// folder has at most 107 bytes.
  private static final Pattern FORM =
      Pattern.compile(
          "lazaret-[a-z]{1,20}-([0-9a-f]{6})-([0-9a-z]{1,11})-([0-9a-z]{1,11})-([0-9a-z]{1,11})"
              + "-[0-9a-z]{1,11}");

  private static final int BASE = 36;
  private static final int BOOT_LENGTH = 6;
  private static final Pattern IN_BRACKETS = Pattern.compile("pid:\\[([0-9]{1,18})]");

  /// The index of the start time in `/proc/PID/stat`, counted after the program name.
  private static final int START_AT = 19;

  /// The name for folders of this process. It is initialized last, because it needs the patterns.
  static final ProcessFolderName OURS = ofThisProcess();

  private static ProcessFolderName ofThisProcess() {
    try {
      long process = ProcessHandle.current().pid();
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"));
      Matcher space =
          IN_BRACKETS.matcher(Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString());
      return new ProcessFolderName(
          boot.substring(0, BOOT_LENGTH),
          space.matches() ? Long.parseLong(space.group(1)) : 0,
          process,
          started(process).orElse(0L));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read what the kernel calls this process", e);
    }
  }

  /// Parses the name of a folder.
  ///
  /// @return the name, or empty if it is not a name of this form
  static Optional<ProcessFolderName> read(String name) {
    Matcher form = FORM.matcher(name);
    return form.matches()
        ? Optional.of(
            new ProcessFolderName(
                form.group(1),
                Long.parseLong(form.group(2), BASE),
                Long.parseLong(form.group(3), BASE),
                Long.parseLong(form.group(4), BASE)))
        : Optional.empty();
  }

  /// Returns the name of one folder.
  ///
  /// @param kind the purpose of the folder, in lower-case letters
  /// @param random a number that distinguishes the folders of one process; not negative
  String text(String kind, long random) {
    return String.join(
        "-",
        "lazaret",
        kind,
        boot,
        Long.toString(space, BASE),
        Long.toString(process, BASE),
        Long.toString(started, BASE),
        Long.toString(random, BASE));
  }

  /// Returns whether the process has certainly ended. The result is false for a process of another
  /// machine, container or boot, which cannot be checked.
  boolean isDead() {
    return boot.equals(OURS.boot)
        && space != 0
        && space == OURS.space
        && started != 0
        && started(process).filter(s -> s == started).isEmpty();
  }

  private static Optional<Long> started(long process) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
      // The program name is in parentheses and may contain any characters.
      String[] rest = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of(Long.parseLong(rest[START_AT]));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException _) {
      return Optional.empty();
    }
  }
}
