package lazaret.bench.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import lazaret.bench.evaluation.AgedFixture.Form;
import lazaret.bench.evaluation.FixtureCrate.Release;

/// A set of inert fixtures in which every attack has its last harmless release. See
/// `testkit/incidents-2`, `testkit/incidents-3` and `testkit/incidents-4`.
///
/// @param fixtures fixtures in the order of the manifest
record FixtureSet(List<AgedFixture> fixtures) {
  /// The variant without an incidental literal that exposed the attack.
  static final String BARE = "bare";

  /// Copies the list.
  FixtureSet {
    fixtures = List.copyOf(fixtures);
  }

  /// Reads and inspects all fixtures.
  ///
  /// @param folder folder of the set; if it is absent, the set is empty
  static FixtureSet of(Path folder) {
    Path file = folder.resolve("manifest.toml");
    List<AgedFixture> fixtures = new ArrayList<>();
    if (!Files.isRegularFile(file)) {
      return new FixtureSet(fixtures);
    }
    TomlView manifest = TomlView.of(FixtureCrate.read(file));
    for (TomlView kind : manifest.tables("class")) {
      Path own = folder.resolve(kind.need("name"));
      Release before = FixtureCrate.release(own.resolve("before"), true);
      for (String variant : kind.texts("variants")) {
        Release release = FixtureCrate.release(own.resolve(variant), true);
        String group = kind.text("class-of-miss").or(() -> kind.text("group")).orElse("");
        fixtures.add(
            new AgedFixture(kind.need("name"), kind.need("set"), variant, group, release, before));
      }
    }
    for (TomlView kind : manifest.tables("benign")) {
      String name = kind.need("name");
      Release release = FixtureCrate.release(folder.resolve("benign").resolve(name), true);
      fixtures.add(new AgedFixture(name, kind.need("set"), "", "", release, null));
    }
    return new FixtureSet(fixtures);
  }

  /// Returns the names of the sets, in the order of the manifest.
  List<String> sets() {
    return fixtures.stream().map(AgedFixture::set).distinct().toList();
  }

  /// Returns the attacks of a set, without variants that lack a literal.
  List<AgedFixture> attacks(String set) {
    return only(f -> !f.benign() && f.set().equals(set) && !f.variant().equals(BARE));
  }

  /// Returns all attacks, without variants that lack a literal.
  List<AgedFixture> attacks() {
    return only(f -> !f.benign() && !f.variant().equals(BARE));
  }

  /// Returns the variants of attacks without the revealing literal.
  List<AgedFixture> bare() {
    return only(f -> f.variant().equals(BARE));
  }

  /// Returns the benign fixtures.
  List<AgedFixture> relatedCrates() {
    return only(AgedFixture::benign);
  }

  private List<AgedFixture> only(Predicate<AgedFixture> which) {
    return fixtures.stream().filter(which).toList();
  }

  /// Returns the number of fixtures that are held for a reason other than their age.
  static long held(List<AgedFixture> fixtures, Form form, int days) {
    return fixtures.stream().filter(f -> f.held(form, days)).count();
  }
}
