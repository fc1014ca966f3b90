package lazaret.vetting.takeover;

import java.time.Instant;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.inspect.rust.Sketch;

/// What is known of the other crates when one is judged. Answers from what is at hand and never
/// asks upstream.
public interface Neighbourhood {
  /// Returns what is known of the crate that a dependency names.
  Neighbour neighbour(IndexDependency dependency, Instant now);

  /// Returns the established crate whose name a name resembles; empty where there is none.
  Optional<Lookalike> lookalike(CrateName name, Instant now);

  /// Returns how much of some source is that of a crate, from 0 to 1, by the version of it that is
  /// most alike; 0 where none was inspected.
  double likeness(Sketch source, CrateName crate);
}
