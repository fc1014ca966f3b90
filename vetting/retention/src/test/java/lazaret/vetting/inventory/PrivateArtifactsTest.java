package lazaret.vetting.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import lazaret.vetting.crates.CrateId;
import org.junit.jupiter.api.Test;

class PrivateArtifactsTest {
  private static final RetentionRules ALL =
      RetentionFixture.rules("[[rule]]\nname = \"all\"\nolder-than = \"1d\"\n");

  @Test
  void noRuleRemovesTheOnlyCopyOfAPrivateVersion() {
    try (RetentionFixture fixture = new RetentionFixture()) {
      CrateId removed = fixture.stored("alpha");
      CrateId kept = fixture.stored("beta");
      assertThat(fixture.plan(ALL).removals()).hasSize(2);

      fixture.station.upstream.privates.add("beta");

      assertThat(fixture.plan(ALL).removals())
          .extracting(each -> each.facts().id())
          .containsExactly(removed)
          .doesNotContain(kept);
    }
  }
}
