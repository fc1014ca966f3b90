package lazaret.vetting.desk.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// The search for versions that clients or lockfiles have and that are not served. One search reads
/// the download log and all submitted lockfiles once, and evaluates at most [#MAX_EVALUATED]
/// versions. Upstream is not asked. Thread-safe; blocks.
public final class InventorySearch {
  /// The maximum number of versions of one part.
  public static final int MAX_LINES = 200;

  /// The maximum number of versions that one search evaluates.
  public static final int MAX_EVALUATED = 5_000;

  /// The maximum number of names of lockfiles for one version.
  public static final int MAX_NAMES = 3;

  private final GateContext parts;
  private final Gate gate;

  public InventorySearch(GateContext parts, Gate gate) {
    this.parts = parts;
    this.gate = gate;
  }

  /// Returns the next versions in use that are not served.
  ///
  /// @param after the position after which the part begins; null for the first part
  /// @param limit the maximum number of versions, 1 to [#MAX_LINES]
  public InventoryPart find(@Nullable VersionPosition after, int limit) {
    VersionUse.Window window = VersionUse.read(parts.store(), after, MAX_EVALUATED);
    int wanted = Math.clamp(limit, 1, MAX_LINES);
    List<InventoryPart.Line> lines = new ArrayList<>();
    CrateState file = null;
    String crate = "";
    long checked = 0;
    for (Map.Entry<VersionPosition, VersionUse> each : window.uses().entrySet()) {
      VersionPosition position = each.getKey();
      if (!position.crate().equals(crate)) {
        crate = position.crate();
        file = gate.files().find(CrateName.parse(crate)).orElse(null);
      }
      checked++;
      InventoryPart.Line line = line(position, each.getValue(), file);
      if (line != null) {
        lines.add(line);
      }
      boolean last = window.complete() && position.equals(window.uses().lastKey());
      if (lines.size() == wanted && !last) {
        return new InventoryPart(lines, position, checked);
      }
    }
    VersionPosition next = window.complete() ? null : window.uses().lastKey();
    return new InventoryPart(lines, next, checked);
  }

  /// Returns the line of a version, or null if it is served or its text is not a version.
  private InventoryPart.@Nullable Line line(
      VersionPosition position, VersionUse use, @Nullable CrateState file) {
    CrateVersion version;
    try {
      version = CrateVersion.parse(position.version());
    } catch (MalformedException _) {
      return null;
    }
    StoredLine line = file == null ? null : file.line(version).orElse(null);
    Verdict verdict = verdict(file, line);
    if (verdict != null && gate.files().rulebook().policy().serves(verdict)) {
      return null;
    }
    CrateName name = file == null ? CrateName.parse(position.crate()) : file.crate().name();
    return new InventoryPart.Line(
        name,
        version,
        verdict,
        use.lockfiles,
        List.copyOf(use.names),
        use.downloads,
        use.last,
        line == null ? null : stored(line));
  }

  private @Nullable Verdict verdict(@Nullable CrateState file, @Nullable StoredLine line) {
    return file == null || line == null
        ? null
        : file.evaluate(line, gate.files().rulebook(), parts.clock().instant());
  }

  private @Nullable Long stored(StoredLine line) {
    OptionalLong bytes = gate.artifactBytes(line.entry().cksum());
    return bytes.isPresent() ? bytes.getAsLong() : null;
  }
}
