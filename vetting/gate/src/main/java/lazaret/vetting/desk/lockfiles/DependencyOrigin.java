package lazaret.vetting.desk.lockfiles;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.origin.NameOrigin;

/// The registry that a dependency means, compared with that of its name. Thread-safe; nothing is
/// read.
///
/// @param gate knows the registry of each name
record DependencyOrigin(Gate gate) {
  /// Returns whether a crate cannot have another one as its dependency. A public crate means a
  /// public one, also if the name is private here. A private crate names the registry of each
  /// dependency, which was compared when it was published.
  boolean isElsewhere(CrateName by, CrateName needed) {
    return switch (gate.origin(needed)) {
      case PUBLIC -> false;
      case PRIVATE -> gate.origin(by) != NameOrigin.PRIVATE;
      case RESERVED -> true;
    };
  }
}
