package lazaret.bench.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The inert fixtures of known incidents with their outcomes. See `testkit/incidents`.
///
/// @param cases cases in the order of the manifest
record Fixtures(List<Case> cases) {

  /// One fixture.
  ///
  /// @param kind class of the attack; own name of a benign fixture
  /// @param variant kind of disguise; empty for a benign fixture
  /// @param story whether it is a release story and not a crate
  /// @param benign whether it must not be held
  /// @param outcome outcome of its evaluation
  /// @param binary outcome with empty binaries instead of their placeholder texts
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

  /// Evaluates all fixtures.
  ///
  /// @param folder folder of the fixtures
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
        story ? new ReleaseStory(folder).outcome() : Outcome.of(FixtureCrate.inspect(folder));
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
