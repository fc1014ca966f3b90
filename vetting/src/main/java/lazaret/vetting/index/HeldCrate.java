package lazaret.vetting.index;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// All versions of one crate as the gate holds them, in upstream's order (publish time); versions
/// that are gone upstream stay where they were.
///
/// @param name the name as published
/// @param lines one per version; the exact `vers` texts are distinct
/// @param leftOut the lines of upstream's file of now that are not relayed, at most
///   [#MAX_LEFT_OUT]; kept so that each raises one alarm, not one per refresh
public record HeldCrate(CrateName name, List<HeldLine> lines, List<LeftOut> leftOut) {
  /// How many left-out lines are kept.
  public static final int MAX_LEFT_OUT = 100;

  /// Copies the lists, and keeps no more left-out lines than [#MAX_LEFT_OUT].
  public HeldCrate {
    lines = List.copyOf(lines);
    leftOut = List.copyOf(leftOut.subList(0, Math.min(leftOut.size(), MAX_LEFT_OUT)));
  }

  /// Returns the line of a version, matched by its exact text: `1.2.0` and `1.2.0+meta` are two.
  public Optional<HeldLine> line(CrateVersion version) {
    return lines.stream().filter(l -> l.entry().version().equals(version)).findFirst();
  }
}
