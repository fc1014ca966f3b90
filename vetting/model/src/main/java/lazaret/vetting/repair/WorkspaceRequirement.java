package lazaret.vetting.repair;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.VersionReq;

/// A requirement of a manifest of the workspace on a crate of the registry.
///
/// @param packageName the package whose manifest states it
/// @param crate the required crate
/// @param req the accepted versions
/// @param features the features that the manifest may request, including `default` unless it is
///   disabled
public record WorkspaceRequirement(
    String packageName, CrateName crate, VersionReq req, List<String> features) {
  /// The maximum number of requirements that are read.
  public static final int MAX = 20_000;

  /// Copies the list.
  public WorkspaceRequirement {
    features = List.copyOf(features);
  }

  /// Parses requirements, one a line: package, crate, features joined by commas, and the
  /// requirement, separated by tabs.
  ///
  /// @throws MalformedException if a line has another form or there are more than [#MAX]
  public static List<WorkspaceRequirement> parse(String text) {
    List<WorkspaceRequirement> requirements = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (line.isBlank()) {
        continue;
      }
      String[] fields = line.split("\t", -1);
      if (fields.length != 4 || requirements.size() == MAX) {
        throw new MalformedException(
            "cannot read requirements: expected at most %d lines of package, crate, features and requirement, found '%s'"
                .formatted(MAX, Excerpt.of(line)));
      }
      List<String> features = fields[2].isEmpty() ? List.of() : List.of(fields[2].split(",", -1));
      requirements.add(
          new WorkspaceRequirement(
              fields[0], CrateName.parse(fields[1]), VersionReq.parse(fields[3]), features));
    }
    return requirements;
  }

  /// Returns the line that [#parse] reads.
  public String line() {
    return String.join(
        "\t", packageName, crate.published(), String.join(",", features), req.text());
  }
}
