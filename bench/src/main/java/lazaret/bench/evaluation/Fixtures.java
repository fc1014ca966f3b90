package lazaret.bench.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The inert fixtures of known incidents, and what becomes of each. See `testkit/incidents`.
///
/// @param cases in the order of the manifest
record Fixtures(List<Case> cases) {

  /// One fixture.
  ///
  /// @param kind its class, or its own name where it is benign
  /// @param variant how it hides; empty where it is benign
  /// @param story whether it is a release story rather than a crate
  /// @param benign whether it must not be held
  /// @param outcome what became of it
  /// @param binary what becomes of it with empty binaries in place of the text that stands for them
  record Case(
      String kind,
      String variant,
      boolean story,
      boolean benign,
      Outcome outcome,
      Outcome binary) {}

  /// Copies the list.
  Fixtures {
    cases = List.copyOf(cases);
  }

  /// Judges all of them.
  ///
  /// @param folder the fixtures
  static Fixtures of(Path folder) {
    TomlView manifest = TomlView.of(FixtureCrate.read(folder.resolve("manifest.toml")));
    List<Case> cases = new ArrayList<>();
    for (TomlView kind : manifest.tables("class")) {
      for (String variant : kind.texts("variants")) {
        cases.add(judge(folder.resolve(kind.need("name")).resolve(variant), kind, variant, false));
      }
    }
    for (TomlView kind : manifest.tables("benign")) {
      cases.add(judge(folder.resolve("benign").resolve(kind.need("name")), kind, "", true));
    }
    return new Fixtures(cases);
  }

  private static Case judge(Path folder, TomlView kind, String variant, boolean benign) {
    boolean story = kind.need("shape").equals("story");
    Outcome outcome =
        story ? new Story(folder).outcome() : Outcome.of(FixtureCrate.inspect(folder));
    Outcome binary = story ? outcome : Outcome.of(FixtureCrate.inspect(folder, true));
    return new Case(kind.need("name"), variant, story, benign, outcome, binary);
  }

  /// Returns the cases of each incident class, in order.
  Map<String, List<Case>> incidents(boolean stories) {
    Map<String, List<Case>> byClass = new LinkedHashMap<>();
    cases.stream()
        .filter(c -> !c.benign() && c.story() == stories)
        .forEach(c -> byClass.computeIfAbsent(c.kind(), _ -> new ArrayList<>()).add(c));
    return byClass;
  }

  /// Returns the benign cases.
  List<Case> benign() {
    return cases.stream().filter(Case::benign).toList();
  }
}
