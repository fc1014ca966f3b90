package lazaret.vetting.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.VersionDecisions;
import lazaret.vetting.review.ContentRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApproverPolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final CrateId ALPHA =
      new CrateId(
          CrateName.parse("alpha"), CrateVersion.parse("1.0.0"), Sha256.of(Bytes.utf8("alpha")));
  private static final Decision APPROVAL = decision(Decision.Kind.APPROVE, "ann", null);
  private static final Decision EXEMPTION =
      decision(Decision.Kind.EXEMPT, "ann", NOW.plusSeconds(60));
  private static final Decision OTHER = decision(Decision.Kind.APPROVE, "bob", null);

  private final VersionDecisions decisions =
      VersionDecisions.NONE.plus(APPROVAL).plus(EXEMPTION).plus(OTHER);

  @Test
  void exemptionKeepsTheApprovalIfReadingIsRequired() {
    ApproverPolicy reading =
        new ApproverPolicy(new TreeMap<>(Map.of(ContentRole.BUILD_SCRIPT, 100)), true);

    assertThat(reading.counted(decisions, NOW)).containsExactly(APPROVAL, OTHER);
  }

  @Test
  void exemptionReplacesTheApprovalIfNoReadingIsRequired() {
    assertThat(ApproverPolicy.DEFAULT.counted(decisions, NOW)).containsExactly(EXEMPTION, OTHER);
  }

  private static Decision decision(Decision.Kind kind, String by, @Nullable Instant expires) {
    return new Decision(kind, ALPHA, NOW, by, "a reason", expires, List.of(), List.of());
  }
}
