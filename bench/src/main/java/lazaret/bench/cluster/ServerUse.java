package lazaret.bench.cluster;

import java.util.List;

/// A measurement of the use of processors and database by servers, from its begin to its end.
final class ServerUse {
  private static final String STATEMENTS = "lazaret_store_statements_total";

  private final List<ClusterServer> servers;
  private final double statements;
  private final long cpuNanos;
  private final long nanos;

  private ServerUse(List<ClusterServer> servers) {
    this.servers = servers;
    // The request for the number uses processor time, too.
    this.statements = statements(servers);
    this.cpuNanos = cpuNanos(servers);
    this.nanos = System.nanoTime();
  }

  /// The use of all servers together.
  ///
  /// @param seconds the time by the clock
  /// @param cpuNanos the processor time in nanoseconds
  /// @param statements the number of statements
  record Used(double seconds, double cpuNanos, double statements) {
    /// Returns the use of one of several servers in a second.
    Used ofOneInASecond(int servers) {
      double share = seconds * servers;
      return new Used(1, cpuNanos / share, statements / share);
    }

    /// Returns this use without that of idle servers.
    ///
    /// @param idle the use of one idle server in a second
    Used without(Used idle, int servers) {
      double share = seconds * servers;
      return new Used(
          seconds,
          Math.max(0, cpuNanos - idle.cpuNanos() * share),
          Math.max(0, statements - idle.statements() * share));
    }
  }

  static ServerUse begin(List<ClusterServer> servers) {
    return new ServerUse(servers);
  }

  Used end() {
    double seconds = (System.nanoTime() - nanos) / 1e9;
    double cpu = cpuNanos(servers) - cpuNanos;
    return new Used(seconds, cpu, statements(servers) - statements);
  }

  private static long cpuNanos(List<ClusterServer> servers) {
    return servers.stream().mapToLong(ClusterServer::cpuNanos).sum();
  }

  private static double statements(List<ClusterServer> servers) {
    return servers.stream().mapToDouble(server -> server.metric(STATEMENTS)).sum();
  }
}
