package lazaret.vetting.gate.store;

import java.util.function.Supplier;

/// The threads of a store that wait for the disk in place of virtual threads. Several reads that
/// run together on one of them cost one handover to it instead of one each.
///
/// A call on them only reads the store. It waits for no lock that another thread holds while it
/// reads or commits, because that thread may wait for one of these. Thread-safe.
public interface ReadThreads {
  /// No threads: for a store in heap, which never waits.
  ReadThreads NONE =
      new ReadThreads() {
        @Override
        public <T> T run(Supplier<T> reads) {
          return reads.get();
        }

        @Override
        public boolean start(Runnable reads) {
          return false;
        }
      };

  /// Executes reads and waits for their result. A platform thread executes them itself.
  ///
  /// @throws StoreException if the store is closed or too busy, or the reads throw it
  <T> T run(Supplier<T> reads);

  /// Starts reads without waiting for them or for a free place.
  ///
  /// @param reads throws nothing
  /// @return whether they were started; false if the store has no threads or is closed, or if too
  ///   many reads wait
  boolean start(Runnable reads);
}
