package lazaret.vetting.gate.store;

/// The choice of the node that does the work for which one node suffices. Thread-safe.
public interface Leader {
  /// The choice of a process that has its store alone: it does all work.
  Leader ALONE =
      work -> {
        work.run();
        return true;
      };

  /// Runs work on the calling thread if this node is the leader. Once another node is, the commits
  /// of the calling thread within the work are refused; the work then ends, and this method returns
  /// false.
  ///
  /// @return whether the work ran to its end
  /// @throws InterruptedException as the work throws it
  boolean run(Work work) throws InterruptedException;

  /// Work of the leader.
  interface Work {
    /// Does the work.
    ///
    /// @throws InterruptedException if the thread is interrupted
    void run() throws InterruptedException;
  }
}
