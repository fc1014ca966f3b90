package lazaret.mirror.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lazaret.storage.provider.StoreTasks;
import lazaret.vetting.LazaretException;
import lazaret.vetting.cluster.ClusterService;
import lazaret.vetting.cluster.ClusterStatus;
import lazaret.vetting.deskapi.store.HealthItemInfo;
import lazaret.vetting.deskapi.store.HealthItemInfo.State;
import lazaret.vetting.gate.store.ClusterNode;
import org.jspecify.annotations.Nullable;

/// The health of a server as one of several nodes. Thread-safe; one read of the store.
public final class ClusterHealth {
  /// The time after which a write that is not recorded in the object store is reported.
  private static final Duration LONGEST_LAG = Duration.ofMinutes(1);

  /// The time after which a write that is recorded nowhere outside of the database is reported.
  private static final Duration LONGEST_WITHOUT_RECORD = Duration.ofSeconds(2);

  private static final String FAULTS = "; docs/cluster.md lists the effects of faults";

  private final ClusterService cluster;
  private final StoreTasks tasks;

  /// Creates the health of a node.
  public ClusterHealth(ClusterService cluster, StoreTasks tasks) {
    this.cluster = cluster;
    this.tasks = tasks;
  }

  /// Returns whether the node knows the newest decisions.
  boolean isCurrent() {
    return cluster.status().current();
  }

  /// Returns the health; empty if one server has the store.
  Optional<HealthReport.Part> part() {
    ClusterStatus status = cluster.status();
    return status.shared() ? Optional.of(part(status)) : Optional.empty();
  }

  private HealthReport.Part part(ClusterStatus status) {
    if (!status.current()) {
      String detail =
          ("this node does not know the newest decisions, and serves nothing: its last read of the"
                  + " database began %d ms ago")
              .formatted(status.age().toMillis());
      return new HealthReport.Part(
          item(State.FAILED, null, detail, "look at the database and its standby" + FAULTS),
          List.of(detail));
    }
    try {
      return part(status, cluster.nodes().stream().filter(ClusterNode::live).toList());
    } catch (LazaretException e) {
      String detail = "the nodes cannot be listed: " + e.getMessage();
      return new HealthReport.Part(
          item(State.WARNING, null, detail, "look at the database" + FAULTS), List.of());
    }
  }

  private HealthReport.Part part(ClusterStatus status, List<ClusterNode> live) {
    List<String> warnings = new ArrayList<>();
    long policies =
        live.stream().map(ClusterNode::policy).filter(each -> !each.isEmpty()).distinct().count();
    if (policies > 1) {
      warnings.add("the nodes follow different policies");
    }
    StoreTasks.Figures figures = tasks.figures();
    boolean unrecorded = figures.unrecorded().compareTo(LONGEST_WITHOUT_RECORD) > 0;
    boolean refuses = figures.unrecorded().compareTo(StoreTasks.Figures.LONGEST_UNRECORDED) > 0;
    if (unrecorded) {
      warnings.add(
          "the last write is recorded neither in the data folder nor in the object store; decisions are refused"
              + (refuses ? "" : " after a minute"));
    } else if (!figures.compared()) {
      warnings.add(
          "the object store has not answered since the start: a loss of writes may be unnoticed, and no unused object is deleted");
    } else if (figures.headLag().compareTo(LONGEST_LAG) > 0) {
      warnings.add("the last write is not recorded in the object store");
    }
    String names = live.stream().map(ClusterNode::name).collect(Collectors.joining(", "));
    String leads = status.leads() ? "; this one leads" : "";
    List<String> clauses = new ArrayList<>(warnings);
    clauses.add("%d serving: %s%s".formatted(live.size(), names, leads));
    String next = null;
    if (unrecorded) {
      next = "let the server write to its data folder, or repair the object store" + FAULTS;
    } else if (policies > 1) {
      next = "give all nodes the same policy file; 'vetting-cli cluster status' lists theirs";
    } else if (!warnings.isEmpty()) {
      next = "look at the object store" + FAULTS;
    }
    State state = refuses ? State.FAILED : warnings.isEmpty() ? State.OK : State.WARNING;
    return new HealthReport.Part(
        item(state, (long) live.size(), String.join("; ", clauses), next), warnings);
  }

  private static HealthItemInfo item(
      State state, @Nullable Long value, String detail, @Nullable String next) {
    return new HealthItemInfo(
        "cluster", state, value, value == null ? null : "nodes", detail, next);
  }
}
