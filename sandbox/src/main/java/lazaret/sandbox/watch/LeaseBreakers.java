package lazaret.sandbox.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The processes that wait to open a leased file, read from the kernel's list of locks. The list
/// has a line for each lease with its process and file, and lines with the same number for waiting
/// processes.
///
/// ```
/// 7: LEASE  BREAKING  READ 2926 fe:00:11173892 0 EOF
/// 7: -> LEASE  BREAKER   READ 2967 <none>:0 0 EOF
/// ```
///
/// Source: proc_locks(5); fs/locks.c, `lock_get_status`.
final class LeaseBreakers {
  private static final Path LOCKS = Path.of("/proc/locks");
  private static final int MOST_LOCKS = 1 << 22;

  private static final Pattern LEASE =
      Pattern.compile("\\d+: LEASE +\\w+ +\\w+ (\\d+) \\w+:\\w+:(\\d+) .*");

  private static final Pattern BREAKER =
      Pattern.compile("\\d+: +-> LEASE +BREAKER +\\w+ (\\d{1,9}) .*");

  private LeaseBreakers() {}

  /// Returns the numbers of the processes that wait to open a file leased by this process, in the
  /// order of their arrival. The list is empty if the kernel does not report them.
  ///
  /// @param inode the inode number of the file
  static List<Integer> of(long inode) {
    try (InputStream in = Files.newInputStream(LOCKS)) {
      String locks = new String(in.readNBytes(MOST_LOCKS), StandardCharsets.UTF_8);
      return of(inode, ProcessHandle.current().pid(), locks);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<Integer> of(long inode, long holder, String locks) {
    List<Integer> processes = new ArrayList<>();
    boolean ours = false;
    for (String line : locks.split("\n", -1)) {
      Matcher breaker = BREAKER.matcher(line);
      if (!breaker.matches()) {
        Matcher lease = LEASE.matcher(line);
        ours =
            lease.matches()
                && lease.group(1).equals(Long.toString(holder))
                && lease.group(2).equals(Long.toString(inode));
      } else if (ours) {
        processes.add(Integer.parseInt(breaker.group(1)));
      }
    }
    return processes;
  }
}
