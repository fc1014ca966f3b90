package lazaret.storage.postgres.node;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import lazaret.storage.objects.ObjectHead;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.postgres.CommitPosition;
import lazaret.storage.postgres.PostgresNode;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.postgres.schema.SchemaVersions;
import lazaret.storage.provider.StoreSettings;
import lazaret.storage.provider.StoreTasks;
import lazaret.vetting.gate.store.Leases;
import lazaret.vetting.gate.store.SharedState;
import lazaret.vetting.gate.store.StoreCondition;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.StoreFault;

/// A node of a cluster, from its registration to its end. Thread-safe.
public final class LiveNode implements PostgresNode {
  private static final System.Logger LOG = System.getLogger(LiveNode.class.getName());

  private final PostgresConnections connections;
  private final NodeRows rows;
  private final OutsideHead head;
  private final NodeBeats beats;
  private final NodeState state;
  private final DatabaseLeases leases;
  private volatile StoreCondition condition = StoreCondition.SOUND;

  /// True if the condition is the result of a comparison with the heads in the object store.
  private volatile boolean compared;

  private LiveNode(
      PostgresConnections connections, NodeRows rows, OutsideHead head, InstantSource clock) {
    this.connections = connections;
    this.rows = rows;
    this.head = head;
    this.beats = new NodeBeats(rows, new Observation(), clock);
    this.state = new NodeState(rows, beats);
    this.leases = new DatabaseLeases(connections, rows.instance(), state);
  }

  /// The use of the results of beats by this node.
  private final class Observation implements NodeBeats.Observer {
    @Override
    public void observed(NodeRows.Beat.Position position) {
      if (!compared && head.isRead()) {
        changed();
      }
      if (!condition.withholds()) {
        head.observe(position);
      }
    }

    @Override
    public void changed() {
      condition = compared();
    }
  }

  /// Registers a node, compares the database with the heads that are kept outside of it, and begins
  /// the beats.
  ///
  /// @param objects the object store, for the heads; closed by its opener
  /// @param clock dates the heads
  /// @throws StoreException if the node cannot work on the database; it is not registered then
  public static LiveNode open(
      PostgresConnections connections,
      ObjectStore objects,
      StoreSettings.Node settings,
      InstantSource clock) {
    var rows = new NodeRows(connections, settings, SchemaVersions.of(connections).program());
    try {
      var place =
          new OutsideHead.Place(
              rows.registration(), settings.name(), settings.dataDir(), connections::timeline);
      var node = new LiveNode(connections, rows, new OutsideHead(objects, place, clock), clock);
      node.start();
      return node;
    } catch (RuntimeException e) {
      leave(rows);
      throw e;
    }
  }

  private void start() {
    requireTimeline();
    state.start();
    head.start();
  }

  private void requireTimeline() {
    long system = rows.registration().systemIdentifier();
    // Heads of before an adoption count the promotions of another database cluster.
    int timeline =
        head.all().stream()
            .filter(each -> each.systemIdentifier() == system)
            .mapToInt(ObjectHead::timeline)
            .max()
            .orElse(0);
    connections.require(system, timeline);
  }

  /// Compares the database with all heads that are known here.
  private StoreCondition compared() {
    boolean read = head.isRead();
    requireTimeline();
    List<StoreFault> faults = new ArrayList<>(HeadCheck.run(connections, head.all()));
    head.unreadable().ifPresent(why -> faults.add(new StoreFault.HeadUnreadable(why)));
    StoreCondition found = new StoreCondition(faults);
    if (found.withholds()) {
      LOG.log(System.Logger.Level.ERROR, "{0}", found.refusal());
    }
    compared = read;
    return found;
  }

  /// Returns whether the database was compared with the heads in the object store. It is not while
  /// the object store has not answered since the start.
  public boolean isCompared() {
    return compared;
  }

  /// Returns the id of the cluster.
  public UUID cluster() {
    return rows.registration().cluster();
  }

  /// Returns for how long the last acknowledged commit of this node is not in the object store.
  public Duration headLag() {
    return head.lag();
  }

  /// Returns for how long the last acknowledged commit of this node is recorded nowhere outside of
  /// the database.
  public Duration unrecorded() {
    return head.unrecorded();
  }

  @Override
  public int id() {
    return rows.registration().id();
  }

  @Override
  public Leases leases() {
    return leases;
  }

  @Override
  public SharedState shared() {
    return state;
  }

  @Override
  public StoreCondition condition() {
    return condition;
  }

  @Override
  public void acknowledge(CommitPosition position) {
    head.acknowledge(position);
  }

  @Override
  public void requireAnswer() {
    state.requireAnswer();
  }

  @Override
  public void requireRecord() {
    head.requireRecord(StoreTasks.Figures.LONGEST_UNRECORDED);
  }

  @Override
  public void doubt(long counter) {
    beats.doubt(counter);
  }

  @Override
  public void settled(long counter) {
    beats.settled(counter);
  }

  @Override
  public long acknowledged(int losses) {
    return head.greatest(losses);
  }

  @Override
  public void accept(CommitPosition position) {
    head.acknowledge(position);
    head.readable();
    condition = condition.accepted();
  }

  /// Ends the beats, and removes the row of the node and its leases. Other nodes then continue its
  /// work at once.
  @Override
  public void close() {
    state.close();
    head.close();
    leave(rows);
  }

  private static void leave(NodeRows rows) {
    try {
      rows.leave();
    } catch (StoreException e) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "the node stays registered until it counts as dead: {0}",
          e.getMessage());
    }
  }
}
