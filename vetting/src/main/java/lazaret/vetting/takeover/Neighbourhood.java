package lazaret.vetting.takeover;

import java.time.Instant;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.IndexDependency;

/// What is known of the other crates when one is judged. Answers from what is at hand and never
/// asks upstream.
public interface Neighbourhood {
  /// Returns what is known of the crate that a dependency names.
  Neighbour neighbour(IndexDependency dependency, Instant now);

  /// Returns the established crate whose name a name resembles; empty where there is none.
  Optional<Lookalike> lookalike(CrateName name, Instant now);
}
