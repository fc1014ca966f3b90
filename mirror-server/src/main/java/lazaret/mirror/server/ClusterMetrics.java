package lazaret.mirror.server;

import java.util.List;
import lazaret.storage.provider.StoreTasks;
import lazaret.vetting.LazaretException;
import lazaret.vetting.cluster.ClusterService;
import lazaret.vetting.cluster.ClusterStatus;
import lazaret.vetting.gate.store.ClusterNode;

/// The metrics of a server as one of several nodes.
final class ClusterMetrics {
  private static final Metric NODES =
      Metric.gauge(
          "lazaret_cluster_nodes", List.of(), "Live nodes of the store; 1 if one server has it.");
  private static final Metric CURRENT =
      Metric.gauge(
          "lazaret_cluster_current",
          List.of(),
          "1 while this server knows the newest decisions of all nodes; it serves nothing while"
              + " 0.");
  private static final Metric AGE =
      Metric.gauge(
          "lazaret_cluster_beat_age_seconds",
          List.of(),
          "Time since this server last began to read which decisions there are; 0 if one server has"
              + " the store.");
  private static final Metric LEADER =
      Metric.gauge(
          "lazaret_cluster_leader",
          List.of(),
          "1 on the server that does the work for which one node suffices.");
  private static final Metric HEAD_LAG =
      Metric.gauge(
          "lazaret_head_behind_seconds",
          List.of(),
          "Time for which the last write of this server is not recorded in the object store; 0 if"
              + " it is.");
  private static final Metric STATEMENTS =
      Metric.counter(
          "lazaret_store_statements_total",
          List.of(),
          "Statements that this server sent to the database; 0 if the store is in its data"
              + " folder.");
  private static final Metric SUSPECTS =
      Metric.gauge(
          "lazaret_store_suspect_objects",
          List.of(),
          "Objects that gave wrong bytes to this server, and are read again.");

  /// All metrics, in the order of the manual.
  static final List<Metric> ALL =
      List.of(NODES, CURRENT, AGE, LEADER, HEAD_LAG, STATEMENTS, SUSPECTS);

  private ClusterMetrics() {}

  /// Adds all values. The number of nodes is read from the store, and absent if that fails.
  static void collect(MetricSamples out, ClusterService cluster, StoreTasks.Figures figures) {
    ClusterStatus status = cluster.status();
    nodes(out, cluster, status);
    out.add(CURRENT, status.current());
    out.add(AGE, status.age());
    out.add(LEADER, status.leads());
    out.add(HEAD_LAG, figures.headLag());
    out.add(STATEMENTS, figures.statements());
    out.add(SUSPECTS, figures.suspects());
  }

  private static void nodes(MetricSamples out, ClusterService cluster, ClusterStatus status) {
    if (!status.shared()) {
      out.add(NODES, 1);
    } else if (status.current()) {
      try {
        out.add(NODES, cluster.nodes().stream().filter(ClusterNode::live).count());
      } catch (LazaretException _) {
        // The other metrics say that the store does not answer.
      }
    }
  }
}
