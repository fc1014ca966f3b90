package lazaret.vetting.index;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// All stored versions of one crate in upstream's order (publish time). Versions that are gone
/// upstream keep their position.
///
/// @param name name as published
/// @param lines one line for each version; the exact `vers` texts are distinct
/// @param omitted omitted lines of upstream's current file, at most [#MAX_LEFT_OUT]; kept so that
///   each raises one alarm and not one for each refresh
public record StoredCrate(CrateName name, List<StoredLine> lines, List<OmittedLine> omitted) {
  /// The maximum number of omitted lines that are kept.
  public static final int MAX_LEFT_OUT = 100;

  /// Copies the lists and drops omitted lines beyond [#MAX_LEFT_OUT].
  public StoredCrate {
    lines = List.copyOf(lines);
    omitted = List.copyOf(omitted.subList(0, Math.min(omitted.size(), MAX_LEFT_OUT)));
  }

  /// Returns the line of a version by its exact text, or empty if there is none. `1.2.0` and
  /// `1.2.0+meta` are two versions.
  public Optional<StoredLine> line(CrateVersion version) {
    return lines.stream().filter(l -> l.entry().version().equals(version)).findFirst();
  }
}
