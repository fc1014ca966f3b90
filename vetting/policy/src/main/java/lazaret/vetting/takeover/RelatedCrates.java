package lazaret.vetting.takeover;

import java.time.Instant;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.inspect.rust.MinHashSketch;

/// The known state of other crates during an evaluation. Answers from stored data and never queries
/// upstream.
public interface RelatedCrates {
  /// Returns the state of the crate that a dependency names.
  RelatedCrate relatedCrate(IndexDependency dependency, Instant now);

  /// Returns the established crate that a name resembles, or empty if there is none.
  Optional<Lookalike> lookalike(CrateName name, Instant now);

  /// Returns the fraction of a source that is that of a crate, from 0 to 1. The most similar
  /// version of the crate counts; 0 if none was inspected.
  double likeness(MinHashSketch source, CrateName crate);
}
