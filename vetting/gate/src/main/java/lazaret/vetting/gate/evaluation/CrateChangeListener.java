package lazaret.vetting.gate.evaluation;

import lazaret.vetting.crates.CrateName;

/// A receiver of changes of crates. Called after readers can see the change: under the crate's
/// lock, or without it if another node made the change. Must neither block nor throw.
@FunctionalInterface
public interface CrateChangeListener {
  /// Reports that a crate has changed.
  void changed(CrateName name);
}
