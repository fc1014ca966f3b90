package lazaret.e2e.harness;

import java.time.Instant;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;

/// Fixtures that the gate vets by age.
public final class Crates {
  /// A publish time before any cooldown.
  public static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");

  private Crates() {}

  /// Publishes old crates in a new registry.
  public static FixtureRegistry aged(CrateBuilder... crates) {
    return addAged(new FixtureRegistry(), crates);
  }

  /// Publishes more old crates.
  public static FixtureRegistry addAged(FixtureRegistry registry, CrateBuilder... crates) {
    for (CrateBuilder crate : crates) {
      registry.publish(crate, line -> line.pubtime(LONG_AGO));
    }
    return registry;
  }

  /// Publishes three versions of `alpha`, and `beta`, which requires `alpha ^1`.
  public static FixtureRegistry alphaAndBeta() {
    return aged(
        CrateBuilder.crate("alpha", "1.0.0"),
        CrateBuilder.crate("alpha", "1.1.0"),
        CrateBuilder.crate("alpha", "1.2.0"),
        CrateBuilder.crate("beta", "1.0.0").dependency("alpha", "^1"));
  }
}
