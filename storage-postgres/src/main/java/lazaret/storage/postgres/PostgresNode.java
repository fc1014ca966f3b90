package lazaret.storage.postgres;

import lazaret.vetting.gate.store.Leases;
import lazaret.vetting.gate.store.SharedState;
import lazaret.vetting.gate.store.StoreCondition;

/// The part of a store that knows of the other nodes. Thread-safe.
public interface PostgresNode extends AutoCloseable {
  /// Returns the number of this node, which no other one ever had; each start has another one.
  int id();

  /// Returns the leases of the cluster.
  Leases leases();

  /// Returns what this node knows of the others.
  SharedState shared();

  /// Returns the known faults: acknowledged commits that the database does not have.
  StoreCondition condition();

  /// Records a commit outside of the database, before it is acknowledged.
  void acknowledge(CommitPosition position);

  /// Waits for a beat if the last one is too old for serving. A commit that no standby confirms
  /// would leave a process of the server behind, and a program that slept may be too old.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-unavailable` if the
  ///   database does not answer
  void requireAnswer();

  /// Refuses a decision or publication if the last commit of this node has no record outside of the
  /// database for too long.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-unavailable` if so
  void requireRecord();

  /// Takes note that a commit is about to be made, whose caller does not know its outcome yet. Its
  /// changes are applied like those of another node.
  void doubt(long counter);

  /// Takes note that the commit was answered, so that its caller applies the changes.
  void settled(long counter);

  /// Returns the greatest decision counter that was acknowledged, as far as it is recorded outside
  /// of the database.
  ///
  /// @param losses records from before this number of accepted losses are ignored
  long acknowledged(int losses);

  /// Ends the faults of a loss that a person accepted.
  ///
  /// @param position the commit of the acceptance
  void accept(CommitPosition position);

  @Override
  void close();
}
