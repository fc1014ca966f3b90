package lazaret.storage.postgres.provider;

import java.util.List;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.postgres.node.HeadSweep;
import lazaret.storage.postgres.node.LiveNode;
import lazaret.storage.postgres.node.NodeSweep;
import lazaret.storage.postgres.object.ObjectSweep;
import lazaret.storage.postgres.object.SuspectRegister;
import lazaret.storage.provider.StoreTasks;
import lazaret.vetting.crates.Sha256;

/// The tasks of one node on a store on PostgreSQL.
final class PostgresStoreTasks implements StoreTasks {
  private static final System.Logger LOG = System.getLogger(PostgresStoreTasks.class.getName());

  private final Parts parts;

  /// The parts of the store.
  record Parts(
      PostgresConnections connections,
      LiveNode node,
      SuspectRegister suspects,
      ObjectSweep objects,
      NodeSweep nodes,
      HeadSweep heads) {}

  PostgresStoreTasks(Parts parts) {
    this.parts = parts;
  }

  @Override
  public void sweep() {
    // The rows of missing writes may come back with a restored database. Without the heads in the
    // object store it is not known whether any are missing.
    if (!parts.node().isCompared() || parts.node().condition().withholds()) {
      return;
    }
    parts.nodes().round();
    ObjectSweep.Round round = parts.objects().round();
    if (round.deleted() > 0 || round.unnamed() > 0) {
      LOG.log(
          System.Logger.Level.INFO,
          "objects removed: {0} that nothing names, {1} without a row; {2} uploads given up",
          round.deleted(),
          round.unnamed(),
          round.abandoned());
    }
    parts.heads().round();
  }

  @Override
  public List<Sha256> damaged() {
    return parts.suspects().check();
  }

  @Override
  public Figures figures() {
    return new Figures(
        parts.connections().statements(),
        parts.node().headLag(),
        parts.node().unrecorded(),
        parts.node().isCompared(),
        parts.suspects().size());
  }
}
