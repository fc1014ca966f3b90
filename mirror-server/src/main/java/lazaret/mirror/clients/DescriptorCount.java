package lazaret.mirror.clients;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// The file descriptors of this process: their limit, the number of open ones, and the number of
/// connections that fit. Thread-safe.
public final class DescriptorCount {
  private static final System.Logger LOG = System.getLogger(DescriptorCount.class.getName());

  /// Descriptors that are kept free for everything but connections.
  private static final int SPARE = 32;

  /// Connections to upstream, webhooks, client connections that are being closed, and files that
  /// open and close while the server runs.
  private static final int PASSING = 192;

  private static final long SAMPLE_NANOS = 100_000_000L;
  private static final int LEAST_CONNECTIONS = 16;

  private final long limit;
  private long sampledAt = System.nanoTime() - SAMPLE_NANOS;
  private boolean scarce;

  private DescriptorCount(long limit) {
    this.limit = limit;
  }

  /// Returns the descriptors of this process.
  public static DescriptorCount ofProcess() {
    return new DescriptorCount(limit());
  }

  private static long limit() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  private static long open() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  /// Returns the number of files that the store may keep open: an eighth of the limit, at least 64.
  ///
  /// @param wanted the number without a limit
  public static int storeFiles(int wanted) {
    return (int) Math.min(wanted, Math.max(64, limit() / 8));
  }

  /// Returns the number of connections that fit in addition to the files of the store. If that is
  /// fewer than wanted, the log names the setting to change.
  ///
  /// @param wanted `server.max-connections`
  /// @param storeFiles the number of files that the store may keep open
  public int connections(int wanted, int storeFiles) {
    long taken = open();
    long needed = taken + storeFiles + PASSING + SPARE + wanted;
    if (needed <= limit) {
      return wanted;
    }
    long room = limit - taken - storeFiles - Math.min(PASSING, limit / 8) - SPARE;
    int fit = Math.clamp(room, Math.min(LEAST_CONNECTIONS, wanted), wanted);
    LOG.log(
        System.Logger.Level.WARNING,
        "the limit of {0} open files is too low for server.max-connections = {1}: at most {2}"
            + " connections are accepted; set LimitNOFILE={3} in the service, or ''ulimit -n {3}''",
        Long.toString(limit),
        Integer.toString(wanted),
        Integer.toString(fit),
        Long.toString(needed));
    return fit;
  }

  /// Returns whether hardly any descriptor is free. Looks at most ten times a second.
  synchronized boolean scarce() {
    long now = System.nanoTime();
    if (now - sampledAt >= SAMPLE_NANOS) {
      sampledAt = now;
      scarce = open() > limit - SPARE;
    }
    return scarce;
  }
}
