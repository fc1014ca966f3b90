package lazaret.storage.rocks;

import java.util.ArrayList;
import java.util.List;
import lazaret.storage.record.HeldArtefact;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.desk.Store;
import lazaret.vetting.desk.StoreException;
import lazaret.vetting.inspect.VerifiedCrate;

/// Artefacts on their way into the store past its log. Bytes without a note are found by nobody,
/// and notes are written, and logged, after the bytes are on disk. Not thread-safe.
final class RocksBulk implements Store.Bulk {
  private static final long WEIGHT = 4 << 20;

  private final Engine engine;
  private final DiskThreads writers;
  private final DiskRoom room;
  private final List<Change> bytes = new ArrayList<>();
  private final List<Change> notes = new ArrayList<>();
  private long weight;
  private long generation;

  RocksBulk(Engine engine, DiskThreads writers, DiskRoom room) {
    this.engine = engine;
    this.writers = writers;
    this.room = room;
    this.generation = engine.generation();
  }

  @Override
  public void put(VerifiedCrate crate) {
    long length = crate.bytes().length();
    byte[] key = Keys.sha256(crate.id().cksum());
    bytes.add(new Change.Put(Family.ARTEFACTS, key, crate.bytes().array()));
    notes.add(new Change.Put(Family.HELD, key, new HeldArtefact(crate.id(), length).encode()));
    weight += length;
    if (weight > WEIGHT) {
      write();
    }
  }

  private void write() {
    room.require(weight);
    writers.run(
        () -> {
          engine.writeUnlogged(bytes);
          return true;
        });
    bytes.clear();
    weight = 0;
  }

  @Override
  public void settle() {
    if (notes.isEmpty()) {
      return;
    }
    List<Change> settled = List.copyOf(notes);
    notes.clear();
    if (!bytes.isEmpty()) {
      write();
    }
    writers.run(
        () -> {
          engine.settle(Family.ARTEFACTS);
          requireSameDatabase();
          engine.write(settled, false);
          return true;
        });
  }

  /// A database that was opened anew meanwhile may have lost what was not on disk.
  private void requireSameDatabase() {
    long now = engine.generation();
    if (now != generation) {
      generation = now;
      throw new StoreException(
          ErrorCode.STORE_FAILED,
          "cannot hold what was stored: the store was opened anew meanwhile; try again",
          null);
    }
  }
}
