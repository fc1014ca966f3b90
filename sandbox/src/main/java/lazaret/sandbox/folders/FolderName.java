package lazaret.sandbox.folders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which process made a folder, as the folder's name tells: enough to know later that it lives no
/// more, also where numbers of processes are used again, or count in a container of their own.
///
/// @param boot the beginning of what the kernel calls this time of its running
/// @param space the number of the namespace in which processes are counted
/// @param process the number of the process
/// @param started when it started, in ticks since the boot
record FolderName(String boot, long space, long process, long started) {
  /// Numbers are of the base 36: a socket in the folder has a path of at most 107 bytes.
  private static final Pattern FORM =
      Pattern.compile(
          "lazaret-[a-z]{1,20}-([0-9a-f]{6})-([0-9a-z]{1,11})-([0-9a-z]{1,11})-([0-9a-z]{1,11})"
              + "-[0-9a-z]{1,11}");

  private static final int BASE = 36;
  private static final int BOOT_LENGTH = 6;
  private static final Pattern IN_BRACKETS = Pattern.compile("pid:\\[([0-9]{1,18})]");

  /// The place of the start in `/proc/PID/stat`, counted from what follows the name.
  private static final int START_AT = 19;

  /// What this process calls its folders. Made last: the patterns are needed for it.
  static final FolderName OURS = ofThisProcess();

  private static FolderName ofThisProcess() {
    try {
      long process = ProcessHandle.current().pid();
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"));
      Matcher space =
          IN_BRACKETS.matcher(Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString());
      return new FolderName(
          boot.substring(0, BOOT_LENGTH),
          space.matches() ? Long.parseLong(space.group(1)) : 0,
          process,
          started(process).orElse(0L));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read what the kernel calls this process", e);
    }
  }

  /// Reads the name of a folder.
  ///
  /// @return empty where it is no folder of ours
  static Optional<FolderName> read(String name) {
    Matcher form = FORM.matcher(name);
    return form.matches()
        ? Optional.of(
            new FolderName(
                form.group(1),
                Long.parseLong(form.group(2), BASE),
                Long.parseLong(form.group(3), BASE),
                Long.parseLong(form.group(4), BASE)))
        : Optional.empty();
  }

  /// Returns the name of one folder.
  ///
  /// @param kind lower-case letters
  /// @param random tells the folders of one process apart; not negative
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

  /// Tells whether the process certainly lives no more. What another machine or container made,
  /// which shares the folder, or this machine before it was started anew, is not known.
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
      // The name stands in brackets and may hold anything.
      String[] rest = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of(Long.parseLong(rest[START_AT]));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException _) {
      return Optional.empty();
    }
  }
}
