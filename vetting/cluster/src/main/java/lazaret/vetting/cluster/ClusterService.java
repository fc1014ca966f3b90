package lazaret.vetting.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lazaret.vetting.LazaretException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.gate.store.ClusterNode;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.gate.store.ServingCheck;
import lazaret.vetting.gate.store.SharedState;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.ledger.Notice;
import org.jspecify.annotations.Nullable;

/// A server as one of several nodes that share its store, or as the only one. Thread-safe.
public final class ClusterService implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ClusterService.class.getName());
  private static final Duration ROUND = Duration.ofSeconds(1);
  private static final Duration SWEEP_EVERY = Duration.ofMinutes(10);

  private final @Nullable SharedState shared;
  private final @Nullable LeaderTask leader;
  private final ServingCheck serving;
  private final ChangeApplier changes;
  private final Clock clock;
  private volatile ChangeApplier.@Nullable Parts parts;
  private volatile @Nullable Thread thread;

  /// Creates the service of a store.
  ///
  /// @param changes follows the store since before anything was read from it
  public ClusterService(Store store, ChangeApplier changes, Clock clock) {
    this.shared = store.shared().orElse(null);
    this.leader = shared == null ? null : new LeaderTask(store.leases());
    this.serving = new ServingCheck(store);
    this.changes = changes;
    this.clock = clock;
  }

  /// Returns the choice of the node that does the work for which one node suffices.
  public Leader leader() {
    return leader == null ? Leader.ALONE : leader;
  }

  /// Begins to apply changes of other nodes. Called once all parts of the node exist.
  public void attach(ChangeApplier.Parts node) {
    parts = node;
    if (shared != null) {
      changes.attach(node);
      round();
    }
  }

  /// Begins the background work of a node that is attached.
  public void start() {
    if (leader != null) {
      leader.start();
      thread = Thread.ofVirtual().name("cluster").start(this::work);
    }
  }

  private void work() {
    long swept = System.nanoTime();
    try {
      while (true) {
        TimeUnit.NANOSECONDS.sleep(ROUND.toNanos());
        try {
          round();
          if (System.nanoTime() - swept > SWEEP_EVERY.toNanos()) {
            swept = System.nanoTime();
            boolean _ = leader().run(this::sweep);
          }
        } catch (LazaretException e) {
          LOG.log(System.Logger.Level.DEBUG, "work of a node: {0}", e.getMessage());
        } catch (RuntimeException e) {
          LOG.log(System.Logger.Level.ERROR, "work of a node failed and goes on", e);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Reports the policy in force, and writes refusals for other nodes.
  void round() {
    SharedState nodes = shared;
    ChangeApplier.Parts node = parts;
    if (nodes != null && node != null) {
      nodes.reportPolicy(node.rules().current().policyGeneration());
      node.gate().refusals().flush();
    }
  }

  /// Removes what former nodes left.
  void sweep() {
    ChangeApplier.Parts node = parts;
    if (node != null) {
      node.gate().refusals().sweep(clock.instant());
      revokeFormer(node.desk().tokens());
    }
  }

  /// Revokes the tokens of servers that ended, which they made for their own machines. A server
  /// that starts again makes another one.
  private void revokeFormer(TokenService tokens) {
    // The tokens first: a server is a node before it makes its token.
    List<Token> all = tokens.list();
    List<String> names = nodes().stream().map(node -> TokenService.ofServer(node.name())).toList();
    for (Token token : all) {
      if (!token.name().equals(TokenService.SERVER)
          && TokenService.isOfServer(token.name(), token.owner())
          && !names.contains(token.name())) {
        boolean _ = tokens.revoke(token.name(), Notice.GATE);
      }
    }
  }

  /// Returns why this node may not answer a request that it has received now, as a sentence for
  /// people; empty if it may. Called before anything that is kept in heap is used for the answer.
  /// While another snapshot is announced, it first reads what the other nodes have committed.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-unavailable` if that read
  ///   fails
  public Optional<String> refusal() {
    SharedState nodes = shared;
    if (nodes == null) {
      return Optional.empty();
    }
    Optional<String> behind = serving.behind();
    if (behind.isPresent()) {
      return behind;
    }
    if (nodes.isFlipAnnounced()) {
      nodes.refresh();
    }
    return changes.refusal();
  }

  /// Reads an artifact again. If it is damaged, its version is fetched again, with an alarm.
  public void scrub(Sha256 artifact) {
    ChangeApplier.Parts node = parts;
    if (node != null) {
      boolean _ = node.gate().artifactCache().scrub(artifact);
    }
  }

  /// Returns what this node knows, without a read of the store.
  public ClusterStatus status() {
    SharedState nodes = shared;
    LeaderTask task = leader;
    return nodes == null || task == null
        ? ClusterStatus.ALONE
        : new ClusterStatus(
            true, nodes.isCurrent(), nodes.age(), nodes.maxStaleness(), task.leads());
  }

  /// Returns the nodes of the store by name; empty if one process has it.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException if the store does not answer
  public List<ClusterNode> nodes() {
    SharedState nodes = shared;
    return nodes == null ? List.of() : nodes.nodes();
  }

  /// Ends the background work. Another node can be the leader at once.
  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      try {
        boolean _ = running.join(Duration.ofSeconds(5));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    changes.close();
    if (leader != null) {
      leader.close();
    }
  }
}
