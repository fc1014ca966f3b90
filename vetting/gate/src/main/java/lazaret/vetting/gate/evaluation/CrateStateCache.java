package lazaret.vetting.gate.evaluation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.context.BoundedCache;
import org.jspecify.annotations.Nullable;

/// The recently used states of crates in heap, with the receivers of their changes. A state that is
/// older than a drop of its crate is not cached. Thread-safe.
final class CrateStateCache {
  private final LongSupplier head;
  private final BoundedCache<String, CrateState> memory;

  /// The crates whose state in heap is newer than the stored one, because the store refused writes.
  private final BoundedCache<String, Boolean> unsaved = new BoundedCache<>(100_000, _ -> 1);

  private final List<Receiver> receivers = new CopyOnWriteArrayList<>();

  private record Receiver(CrateChangeListener one, Runnable all) {}

  /// Creates an empty cache.
  ///
  /// @param maxWeight the maximum heap of all states, in bytes
  /// @param head the sequence of the served snapshot
  CrateStateCache(long maxWeight, LongSupplier head) {
    this.memory = new BoundedCache<>(maxWeight, CrateState::weight);
    this.head = head;
  }

  void onChange(CrateChangeListener one, Runnable all) {
    receivers.add(new Receiver(one, all));
  }

  void changed(CrateName name) {
    receivers.forEach(each -> each.one().changed(name));
  }

  /// Returns the cached state of a crate, or null if there is none or another snapshot is now
  /// served.
  @Nullable CrateState recall(CrateName name) {
    CrateState file = memory.get(name.collisionKey());
    return file != null && file.head() == head.getAsLong() ? file : null;
  }

  /// Returns the cached state if the store has it, too.
  @Nullable CrateState recallStored(CrateName name) {
    return isUnsaved(name) ? null : recall(name);
  }

  /// Returns a number to read before a state is read, or before the commit of a new one.
  long tick(CrateName name) {
    return memory.tick(name.collisionKey());
  }

  /// Caches a state that the store has, unless the crate was dropped since.
  void put(CrateState file, long tick) {
    memory.put(file.crate().name().collisionKey(), file, tick);
  }

  /// Caches a state that was just stored, as [#put] does.
  void putSaved(CrateState file, long tick) {
    unsaved.remove(file.crate().name().collisionKey());
    put(file, tick);
  }

  /// Removes the state of a crate before a commit replaces it.
  void remove(CrateName name) {
    memory.remove(name.collisionKey());
  }

  /// Keeps a state that the store refused, and reports the change.
  void keepUnsaved(CrateState file) {
    CrateName name = file.crate().name();
    unsaved.put(name.collisionKey(), true);
    memory.put(name.collisionKey(), file);
    changed(name);
  }

  boolean isUnsaved(CrateName name) {
    return unsaved.get(name.collisionKey()) != null;
  }

  /// Returns the crates whose state is not saved, without those that left the heap since: the next
  /// request reads the older state and asks upstream.
  List<CrateName> unsaved() {
    unsaved.keys().stream()
        .filter(key -> memory.get(key) == null)
        .toList()
        .forEach(unsaved::remove);
    return unsaved.keys().stream().map(CrateName::parse).toList();
  }

  /// Drops the state of a crate for which the store has newer data, and reports the change. States
  /// that are being read are not cached. Does not wait for readers or writers.
  void drop(CrateName name) {
    unsaved.remove(name.collisionKey());
    memory.drop(name.collisionKey());
    changed(name);
  }

  /// Drops all states as [#drop] does.
  void dropAll() {
    unsaved.keys().forEach(unsaved::remove);
    memory.dropAll();
    receivers.forEach(each -> each.all().run());
  }
}
